export { Gate } from './gate.tsx';
export { askWhoIsSignedIn, isSignedOut, useMay, useMe, useSignOut } from './session.ts';
export { accountsWords } from './words.ts';
