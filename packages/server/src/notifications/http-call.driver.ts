import { messageOf, Unavailable } from '../platform/errors.ts';

/** A request to a service outside. */
export interface HttpCall {
  url: string;
  method: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

const longestWaitMs = 20_000;

/**
 * Makes one request; any 2xx is success and gives the body. A redirection is a failure: what is signed or secret goes
 * nowhere else.
 * @throws Unavailable with the status, or why there was no answer; never with the address or a header, which may be secret.
 */
export async function call({ url, ...request }: HttpCall): Promise<string> {
  const answer = await asked(url, { ...request, redirect: 'manual' });
  const text = await answer.text();
  if (answer.ok) return text;
  throw new CallRefused(answer.status);
}

/** The other side answered, but not with success. */
export class CallRefused extends Unavailable {
  readonly answered: number;

  constructor(answered: number) {
    super('platform/unavailable', `The other side answered ${answered}.`);
    this.answered = answered;
  }
}

async function asked(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(longestWaitMs) });
  } catch (error) {
    throw new Unavailable(
      'platform/unavailable',
      `The other side did not answer: ${reasonOf(error)}.`,
    );
  }
}

/** A code such as ECONNREFUSED where there is one: texts of the library may hold the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'too slow';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause === undefined ? error.name : messageOf(cause);
}
