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

/** Redirections are not followed: a receiver is where the subscriber said, nowhere else. */
export const sendWebhook: SendWebhook = async ({ url, headers, body }) => {
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body,
    signal: AbortSignal.timeout(patienceMs),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the receiver answered ${answer.status}`);
};
