import type { AskOutside } from './outgoing.driver.ts';

/** A request to somebody else's server. */
export interface WebhookCall {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Hands a body to a receiver. @throws Error when it is not taken: the reason, without the receiver's answer. */
export type SendWebhook = (call: WebhookCall) => Promise<void>;

/** A receiver that takes longer gets the same again later. */
const patienceMs = 10_000;

export const createSendWebhook =
  (ask: AskOutside): SendWebhook =>
  async (call) => {
    const { status } = await ask({ method: 'POST', ...call }, { patienceMs });
    if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`);
  };
