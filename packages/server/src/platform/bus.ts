/** A message on the bus. `topic` is without wildcards. */
export interface BusMessage {
  topic: string;
  payload: Uint8Array;
}

/**
 * Takes a message. The acknowledgement to the sender waits for the promise: resolve after the commit.
 * Rejecting means "not taken": the sender is disconnected and sends again.
 */
export type BusHandler = (message: BusMessage) => Promise<void>;

/** The MQTT bus, embedded or outside; the features do not know which. */
export interface Bus {
  /** Register before `start()`. `filter` is an MQTT topic filter. */
  handle(filter: string, handler: BusHandler, options?: HandleOptions): void;
  publish(topic: string, payload: string | Uint8Array, options?: PublishOptions): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** `shared`: each message is taken by one server only (events); otherwise by every server (states). */
export interface HandleOptions {
  shared?: boolean;
}

/** Defaults: not retained, QoS 1. An empty retained payload removes what was retained. */
export interface PublishOptions {
  retain?: boolean;
  qos?: 0 | 1;
}

/** Publishes `value` as JSON. */
export const publishJson = (
  bus: Pick<Bus, 'publish'>,
  topic: string,
  value: unknown,
  options?: PublishOptions,
): Promise<void> => bus.publish(topic, JSON.stringify(value), options);
