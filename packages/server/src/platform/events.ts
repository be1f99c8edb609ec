import { EventEmitter } from 'node:events';
import type { LiveEvent, LiveEventName } from '@vigie/contracts/live';

type DataOf<N extends LiveEventName> = Extract<LiveEvent, { name: N }>['data'];

/** "Something happened" between features, and what browsers see live. */
export interface EventBus {
  emit<N extends LiveEventName>(name: N, data: DataOf<N>): void;
  /** Returns the function that ends the subscription. */
  on<N extends LiveEventName>(name: N, listener: (data: DataOf<N>) => void): () => void;
}

export function createEventBus(): EventBus {
  const emitter = new EventEmitter({ captureRejections: false });
  emitter.setMaxListeners(0);
  return {
    emit: (name, data) => void emitter.emit(name, data),
    on: (name, listener) => {
      emitter.on(name, listener);
      return () => emitter.off(name, listener);
    },
  };
}
