import axios, { type AxiosInstance } from "axios";
import {
  demoRailCodeResponseSchema,
  demoRailPaths,
  demoRailsResponseSchema,
  type DemoRail,
  type OtherWallet,
  type RailBehaviour,
} from "../../sync/protocol/demo-rails.ts";

/**
 * The other companies' apps on the shoppers' phones. Their codes come from the rails that the demo plays, as those of a real
 * phone come from its company; what the shopper does there is told to them.
 */
export class RailPhones {
  readonly #http: AxiosInstance;

  constructor(platformUrl: string) {
    this.#http = axios.create({ baseURL: platformUrl, timeout: 10_000, proxy: false });
  }

  /** Every rail that is played, none where the platform speaks to real ones or knows of none. */
  async rails(): Promise<DemoRail[]> {
    const answer = await this.#http.get<unknown>(demoRailPaths.rails, {
      validateStatus: (status) => status === 200 || status === 404,
    });
    return answer.status === 404 ? [] : demoRailsResponseSchema.parse(answer.data).rails;
  }

  /** A fresh code of a shopper's wallet. */
  async payCode(rail: OtherWallet, shopperId: string): Promise<{ text: string; expiresAt: number }> {
    const answer = await this.#http.post<unknown>(pathOf(demoRailPaths.code, rail), { shopperId });
    const { code, expiresAt } = demoRailCodeResponseSchema.parse(answer.data);
    return { text: code, expiresAt };
  }

  /** Chooses how the next payment goes. */
  async choose(rail: OtherWallet, behaviour: RailBehaviour): Promise<void> {
    await this.#http.post(pathOf(demoRailPaths.behaviour, rail), { behaviour });
  }

  /** Confirms or refuses on the phone. */
  async answer(rail: OtherWallet, orderNumber: string, confirms: boolean): Promise<void> {
    await this.#http.post(pathOf(demoRailPaths.answer, rail), { orderNumber, confirms });
  }
}

function pathOf(path: string, rail: OtherWallet): string {
  return path.replace("{rail}", rail);
}
