import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode, Problem } from '@vigie/contracts/errors';
import type { FastifyError, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isDatabaseAway } from './database.ts';
import { messageOf, TooManyAttempts, VigieError } from './errors.ts';

const problemType = 'application/problem+json';

/** Any thrown thing as a problem document; what we did not foresee is our bug and tells nothing else. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TooManyAttempts) {
    const { code, status, message, retryAfterSeconds } = error;
    return { ...problem(code, status, message), retryAfterSeconds };
  }
  if (error instanceof VigieError) return problem(error.code, error.status, error.message);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((issue) => ({
      path: issue.instancePath.replaceAll('/', '.').replace(/^\./, ''),
      message: issue.message ?? 'wrong',
    }));
    const text = issues.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; ');
    return { ...problem('input/invalid', 400, `The input is wrong. ${text}`), issues };
  }
  if (isDatabaseAway(error)) {
    return problem(
      'platform/database-failed',
      503,
      'The database does not answer. Try again in a moment.',
    );
  }
  const status = (error as FastifyError).statusCode ?? 500;
  if (status === 404) return problem('platform/route-unknown', 404, messageOf(error));
  if (status === 413)
    return problem('platform/request-too-large', 413, 'More was sent than is taken here.');
  if (status >= 400 && status < 500) return problem('input/invalid', status, messageOf(error));
  return problem('platform/bug', 500, 'Something went wrong here; the server log says what.');
}

const problem = (code: ErrorCode, status: number, detail: string): Problem => ({
  type: `urn:vigie:error:${code}`,
  title: code,
  status,
  code,
  detail,
});

/** Answers with a problem document. */
export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply => {
  if (problem.retryAfterSeconds) reply.header('retry-after', `${problem.retryAfterSeconds}`);
  return reply.status(problem.status).type(problemType).send(JSON.stringify(problem));
};

/** Answers bytes that are no request, as far as the other side still listens. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, text } = brokenRequests[error.code ?? ''] ?? notHttp;
  const body = JSON.stringify(problem('input/invalid', status, text));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const notHttp = { status: 400, text: 'This is no HTTP request. Check what sends it.' };

/** By code of Node's parser. */
const brokenRequests: Readonly<Record<string, typeof notHttp>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    text: 'The headers are too long. Send fewer or shorter ones.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    text: 'The request did not end in time. Send it again.',
  },
};
