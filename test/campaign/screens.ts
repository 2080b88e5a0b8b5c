import { buildRenderer, rendererIsStale } from "../../main/build.ts";
import { openGallery, picturesFolder, sizes } from "../renderer/support/gallery.ts";
import type { CampaignOptions, CampaignResult } from "./campaign.ts";

/** The looks a picture is kept in. */
const looks = ["theme=light", "theme=dark&locale=zh-CN"] as const;

/**
 * Keeps a picture of every screen of the gallery at each of the four sizes, in both languages, for people to look at.
 * With `only` those whose name holds it. What the browser complains of while a screen is drawn, and a page that is wider than its window, is told.
 */
export async function campaignScreens({ seed, only }: CampaignOptions): Promise<CampaignResult> {
  const result: CampaignResult = {
    name: "screens",
    seed,
    runs: 0,
    lost: 0,
    doubled: 0,
    unseen: 0,
    crashes: 0,
    complaints: [],
  };
  if (rendererIsStale()) await buildRenderer();
  const gallery = await openGallery();
  try {
    await gallery.show("", sizes.till);
    const names = await gallery.page.getByRole("link").allTextContents();
    for (const name of names.filter((each) => only === undefined || each.includes(only))) {
      for (const size of Object.values(sizes)) {
        for (const look of looks) {
          const query = `${name}&${look}`;
          await gallery.show(query, size);
          await gallery.keep(query);
          result.runs += 1;
          const place = `${query} at ${size.width}x${size.height}`;
          result.complaints.push(...gallery.complaints().map((words) => `${place}: ${words}`));
        }
      }
    }
  } finally {
    await gallery.close();
  }
  process.stderr.write(`The pictures are in ${picturesFolder}\n`);
  return result;
}
