import { type InferenceSession, listSupportedBackends } from 'onnxruntime-node';

/**
 * ONNX Runtime reports to its maker, and notes that on the disk, unless told not to before its first session. The process's own
 * environment counts, which only the main thread has: call it there.
 */
export function silenceTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}

/** Where networks are computed: the processor, or what ONNX Runtime calls an execution provider. */
const PROVIDERS = ['cpu', 'cuda', 'tensorrt', 'webgpu', 'coreml', 'dml'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * The provider that `VIGIE_INFERENCE` names; the processor where it is not set.
 * @throws RangeError when there is none of that name.
 */
export function wantedProvider(environment: NodeJS.ProcessEnv = process.env): Provider {
  const wanted = environment.VIGIE_INFERENCE || 'cpu';
  const known = PROVIDERS.find((name) => name === wanted);
  if (known) return known;
  throw new RangeError(`VIGIE_INFERENCE is ${wanted}; it can be ${PROVIDERS.join(', ')}`);
}

/** What this machine's build of ONNX Runtime offers; libraries and drivers may still be missing for it. */
export const offeredProviders = (): string[] => listSupportedBackends().map(({ name }) => name);

/** Options of a session: one thread, since several sessions share the cores better than one with many threads. */
export const sessionOptions = (provider: Provider): InferenceSession.SessionOptions => ({
  // What a graphics processor cannot compute is left to the processor.
  executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
});
