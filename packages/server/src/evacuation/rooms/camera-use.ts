import type { CameraUse } from '@vigie/contracts/evacuation';

/**
 * Whether pictures of a camera may be shown now. `isOpen`: an incident that people know of goes on in its building; a test alarm
 * reaches nobody, so it opens nothing.
 */
export const mayShow = (use: CameraUse, isOpen: boolean): boolean => use === 'open' || isOpen;

/** Whether people may be counted now. Where they may not, rooms are unknown. */
export const mayCount = (use: CameraUse, isOpen: boolean): boolean => use !== 'incidents' || isOpen;
