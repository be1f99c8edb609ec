import { Problem } from '@vigie/contracts/errors';
import { SignInAnswer } from '@vigie/contracts/own-account';
import * as z from 'zod';

/** A file on its way, as its media type says. */
interface TextFile {
  text: string;
  mediaType: string;
}

/** Somebody who is signed in and speaks to the server as a browser does. */
export interface HttpClient {
  get<T>(path: string, answer: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T>;
  put<T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T>;
  delete(path: string): Promise<void>;
  /** A file as it is. */
  getText(path: string): Promise<string>;
  putText<T>(path: string, file: TextFile, answer: z.ZodType<T>): Promise<T>;
}

/** Who signs in. `askCode` undefined: nobody is there to give the code of a second factor. */
interface PersonLogin {
  username: string;
  password: string;
  askCode?: () => Promise<string>;
}

/**
 * Signs in. `baseUrl` is without a slash at its end.
 * @throws Error with the server's words when anything is refused.
 */
export async function signIn(
  baseUrl: string,
  { askCode, ...login }: PersonLogin,
): Promise<HttpClient> {
  const ask = (path: string, body: object, cookie = '') =>
    fetch(`${baseUrl}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { origin: baseUrl, cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const first = await ask('sign-in/username', login);
  const { secondFactor } = await readAnswer(first, SignInAnswer);
  if (!secondFactor) return clientOf(baseUrl, { cookie: cookiesOf(first) });
  if (!askCode) throw new Error(`${login.username} has a second factor: use a token instead.`);
  const second = await ask('second-factor', { code: await askCode() }, cookiesOf(first));
  await readAnswer(second, z.unknown());
  return clientOf(baseUrl, { cookie: cookiesOf(second) });
}

/** A program with a token, which an administrator draws on the page of accounts. */
export const withToken = (baseUrl: string, token: string): HttpClient =>
  clientOf(baseUrl, { authorization: `Bearer ${token}` });

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

function clientOf(baseUrl: string, credential: Record<string, string>): HttpClient {
  const headers = { origin: baseUrl, ...credential };

  const send = async <T>(method: string, path: string, body: unknown, schema: z.ZodType<T>) => {
    const request = { method, headers: { ...headers, 'content-type': 'application/json' } };
    const answer = await fetch(baseUrl + path, { ...request, body: JSON.stringify(body) });
    return readAnswer(answer, schema);
  };

  return {
    get: async (path, schema) => readAnswer(await fetch(baseUrl + path, { headers }), schema),
    post: (path, body, schema) => send('POST', path, body, schema),
    put: (path, body, schema) => send('PUT', path, body, schema),
    delete: async (path) => {
      await textOf(await fetch(baseUrl + path, { method: 'DELETE', headers }));
    },
    getText: async (path) => textOf(await fetch(baseUrl + path, { headers })),
    putText: async (path, { text, mediaType }, schema) => {
      const request = { method: 'PUT', headers: { ...headers, 'content-type': mediaType } };
      return readAnswer(await fetch(baseUrl + path, { ...request, body: text }), schema);
    },
  };
}

async function readAnswer<T>(answer: Response, schema: z.ZodType<T>): Promise<T> {
  const text = await textOf(answer);
  const parsed = schema.safeParse(text === '' ? undefined : JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${answer.url} gave something unexpected. ${z.prettifyError(parsed.error)}`);
}

async function textOf(answer: Response): Promise<string> {
  const text = await answer.text();
  if (answer.ok) return text;
  throw new Error(`${answer.url} answered ${answer.status}: ${wordsIn(text)}`);
}

function wordsIn(text: string): string {
  try {
    return Problem.parse(JSON.parse(text)).detail;
  } catch {
    return text.slice(0, 200);
  }
}
