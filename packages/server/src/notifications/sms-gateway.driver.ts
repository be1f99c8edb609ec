import type { AskOutside } from '../platform/outgoing.driver.ts';
import { fillAddress, fillTemplate } from './fill-template.ts';
import { call } from './http-call.driver.ts';
import type { Carrier } from './letter.ts';

/** Any gateway that takes an SMS by one HTTP request. `{to}`, `{text}` and `{id}` are filled in. */
export interface GatewaySettings {
  url: string;
  method: string;
  /** `Name: value`, where the gateway asks for a key. */
  header: string | undefined;
  /** JSON. */
  body: string;
}

/** SMS over a gateway of the town's choice. The id lets a gateway that knows it pass over a repetition. */
export function createSmsGateway(
  { url, method, header, body }: GatewaySettings,
  ask: AskOutside,
): Carrier {
  const template: unknown = JSON.parse(body);
  const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(header ?? '') ?? [];
  const headers = { 'content-type': 'application/json', ...(name ? { [name]: value } : {}) };
  return {
    send: async ({ id, recipient, text }) => {
      const blanks = { to: recipient, text, id };
      const request = { url: fillAddress(url, blanks), method, headers };
      const json = JSON.stringify(fillTemplate(template, blanks));
      await call(ask, method === 'GET' ? request : { ...request, body: json });
    },
    stop: () => undefined,
  };
}
