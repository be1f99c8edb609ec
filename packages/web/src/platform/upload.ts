import { ApiError, checked, errorFrom, type Schema } from './api.ts';

interface Upload {
  file: Blob;
  /** Told how much of it is sent, 0..1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/**
 * Puts a file of any size, as it is; `fetch` would not say how far it is. `path` as for the API.
 * @throws ApiError; DOMException named AbortError after an abort.
 */
export function putWithProgress<T>(path: string, upload: Upload, schema: Schema<T>): Promise<T> {
  const { file, onProgress, signal } = upload;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api/v1${path}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => onProgress(file.size > 0 ? loaded / file.size : 1);
    request.onabort = () => reject(new DOMException('The person gave up.', 'AbortError'));
    request.onerror = () => reject(new ApiError('web/no-connection', 0, `No answer to ${path}.`));
    request.onload = () => {
      const { status } = request;
      const body = jsonOf(request.responseText);
      if (status < 200 || status >= 300) return reject(errorFrom(status, body));
      try {
        resolve(checked(path, status, body, schema));
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
