const protocols = ['mqtt:', 'mqtts:', 'ws:', 'wss:', 'tcp:', 'ssl:'];

/** The address of a broker, as it was given. @throws RangeError when it names no MQTT protocol or no host. */
export function brokerUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && protocols.includes(url.protocol) && url.hostname !== '') return text;
  throw new RangeError(`${text} is no broker: write mqtt://host:1883, mqtts:// or wss://.`);
}
