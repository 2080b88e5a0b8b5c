/** How long and with which chance a campaign runs. The same seed gives the same campaign. */
export interface CampaignOptions {
  runs: number;
  seed: number;
  /** The one thing that is to be tried, in the campaign's own words; everything where it is left out. */
  only?: string | undefined;
}

/** What a campaign found. All but `runs` and `seed` have to be zero or empty. */
export interface CampaignResult {
  name: string;
  seed: number;
  runs: number;
  lost: number;
  doubled: number;
  unseen: number;
  crashes: number;
  complaints: string[];
}
