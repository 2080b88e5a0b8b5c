import { createAlipayRail } from "./alipay/alipay-rail.ts";
import type { RailsConfiguration } from "./configuration.ts";
import type { Rail, RailName, Rails } from "./rail.ts";
import { createWechatPayRail } from "./wechat-pay/wechat-pay-rail.ts";

/** The rails that are configured. None of them is asked anything before a charge comes. */
export function openRails(configuration: RailsConfiguration | null): Rails {
  const rails = new Map<RailName, Rail>();
  if (configuration?.wechatPay !== undefined) rails.set("wechat-pay", createWechatPayRail(configuration.wechatPay));
  if (configuration?.alipay !== undefined) rails.set("alipay", createAlipayRail(configuration.alipay));
  return rails;
}
