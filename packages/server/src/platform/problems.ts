import type { ErrorCode, Problem } from '@vigie/contracts/errors';
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isDatabaseAway } from './database.ts';
import { messageOf, TooManyAttempts, VigieError } from './errors.ts';

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
