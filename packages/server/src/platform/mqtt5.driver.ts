import { randomUUID } from 'node:crypto';
import { Duplex } from 'node:stream';
import mqtt, { type Packet } from 'mqtt-packet';
import { createPacketMeter, mostPacketBytes } from './packet-meter.ts';

/**
 * Lets MQTT 5 clients talk to a broker that speaks 3.1.1: packets are read, reduced to what 3.1.1 knows and
 * written again. CONNACK tells the client what is missing (shared subscriptions, subscription identifiers),
 * as the standard asks. User properties and message expiry are dropped.
 * Source: MQTT 5.0, clauses 3.1 to 3.15.
 */
export function asMqtt311(socket: Duplex): Duplex {
  const session: Session = { assignedId: undefined, unsubscribed: new Map() };
  const fromClient = mqtt.parser({ protocolVersion: 5 });
  const fromBroker = mqtt.parser({ protocolVersion: 4 });
  const inner = new Duplex({
    read: () => void socket.resume(),
    write: (chunk, _encoding, done) => {
      fromBroker.parse(chunk);
      done();
    },
    final: (done) => {
      socket.end();
      done();
    },
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  fromClient.on('packet', (packet) => {
    const reduced = toBroker(packet, session);
    const bytes = reduced === 'refuse' ? undefined : bytesOf(reduced, 4);
    if (bytes === undefined) socket.destroy();
    else if (!inner.push(bytes)) socket.pause();
  });
  fromBroker.on('packet', (packet) => {
    const bytes = bytesOf(toClient(packet, session), 5);
    if (bytes === undefined) socket.destroy();
    else if (!socket.destroyed) socket.write(bytes);
  });
  fromClient.on('error', (error) => inner.destroy(error));
  fromBroker.on('error', (error) => inner.destroy(error));
  const isTooLong = createPacketMeter(mostPacketBytes);
  socket.on('data', (chunk) => {
    if (isTooLong(chunk)) socket.destroy();
    else fromClient.parse(chunk);
  });
  socket.on('end', () => inner.push(null));
  socket.on('error', (error) => inner.destroy(error));
  socket.on('close', () => inner.destroy());
  return inner;
}

/** `undefined`: this version has no words for it, such as 3.1.1 for a password without a name. */
function bytesOf(packet: Packet, protocolVersion: 4 | 5): Buffer | undefined {
  try {
    return mqtt.generate(packet, { protocolVersion });
  } catch {
    return undefined;
  }
}

/** A name, a password and a will are short: nobody who is not known yet may have more kept for him, in bytes. */
const mostGreetingBytes = 16_384;
const connectPacket = 0x10;

/**
 * What the first bytes of a connection are: a whole CONNECT, the beginning of one, or `none`. Only MQTT 5 needs another ear.
 * Source: MQTT 5.0, clauses 2.1.4 and 3.1.
 */
export function greetingOf(start: Uint8Array): 'mqtt3' | 'mqtt5' | 'unfinished' | 'none' {
  if (start[0] !== connectPacket) return 'none';
  let length = 0;
  let at = 1;
  for (let scale = 1; ; scale *= 128) {
    const byte = start[at++];
    if (byte === undefined) return 'unfinished';
    length += (byte & 0x7f) * scale;
    if (length > mostGreetingBytes || at > 5) return 'none';
    if (byte < 0x80) break;
  }
  if (start.length < at + length) return 'unfinished';
  // The name of the protocol, with its length, is six bytes long; of MQTT 3.1 eight.
  return start[at + 6] === 5 ? 'mqtt5' : 'mqtt3';
}

interface Session {
  /** Client id that we drew for a client without one. */
  assignedId: string | undefined;
  /** Number of filters by message id of an UNSUBSCRIBE. */
  unsubscribed: Map<number, number>;
}

/** MQTT 5 → 3.1.1. `refuse`: a packet that 3.1.1 has no meaning for. */
function toBroker(packet: Packet, session: Session): Packet | 'refuse' {
  switch (packet.cmd) {
    case 'connect': {
      if (!packet.clientId) session.assignedId = `auto-${randomUUID()}`;
      const { properties, will, ...rest } = packet;
      const isKept = !packet.clean && (properties?.sessionExpiryInterval ?? 0) > 0;
      return {
        ...rest,
        clientId: session.assignedId ?? packet.clientId,
        protocolVersion: 4,
        clean: !isKept,
        ...(will ? { will: { ...will, properties: {} } } : {}),
      };
    }
    case 'subscribe':
      return {
        cmd: 'subscribe',
        ...(packet.messageId === undefined ? {} : { messageId: packet.messageId }),
        subscriptions: packet.subscriptions.map(({ topic, qos }) => ({ topic, qos })),
      };
    case 'unsubscribe':
      session.unsubscribed.set(packet.messageId ?? 0, packet.unsubscriptions.length);
      return packet;
    case 'publish': {
      const { properties: _, ...rest } = packet;
      return rest;
    }
    case 'auth':
      return 'refuse';
    case 'disconnect':
      // Reason 4 asks for the will to be sent: for 3.1.1 that is a connection that just breaks.
      return packet.reasonCode === 4 ? 'refuse' : { cmd: 'disconnect' };
    default:
      return packet;
  }
}

/** Reason codes of MQTT 5 by return code of 3.1.1. Source: MQTT 5.0, table 3-1. */
const connackReasons: Readonly<Record<number, number>> = {
  0: 0x00,
  1: 0x84,
  2: 0x85,
  3: 0x88,
  4: 0x86,
  5: 0x87,
};

/** 3.1.1 → MQTT 5. */
function toClient(packet: Packet, session: Session): Packet {
  switch (packet.cmd) {
    case 'connack':
      return {
        cmd: 'connack',
        sessionPresent: packet.sessionPresent,
        reasonCode: connackReasons[packet.returnCode ?? 0] ?? 0x80,
        properties: {
          sharedSubscriptionAvailable: false,
          subscriptionIdentifiersAvailable: false,
          ...(session.assignedId ? { assignedClientIdentifier: session.assignedId } : {}),
        },
      };
    case 'unsuback': {
      const count = session.unsubscribed.get(packet.messageId ?? 0) ?? 1;
      session.unsubscribed.delete(packet.messageId ?? 0);
      return { ...packet, granted: Array(count).fill(0) };
    }
    case 'puback':
    case 'pubrec':
    case 'pubrel':
    case 'pubcomp':
      return { ...packet, reasonCode: 0 };
    default:
      return packet;
  }
}
