/**
 * Lets this browser open the pages without a network from now on (`public/offline.js`). Browsers do so by https and on the
 * machine itself only; elsewhere the pages need the network, as before.
 */
export function keepPages(): void {
  navigator.serviceWorker
    ?.register('/offline.js')
    .catch((error: unknown) => console.warn('The pages will not open without a network.', error));
}
