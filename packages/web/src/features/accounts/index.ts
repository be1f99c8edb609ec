export { Gate } from './gate.tsx';
export { OwnAccountPage } from './own-account-page.tsx';
export { providerQuery } from './provider.tsx';
export { askWhoIsSignedIn, isSignedOut, useMay, useMe, useSignOut } from './session.ts';
export { accountsWords } from './words.ts';
