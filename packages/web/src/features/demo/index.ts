export { DemoClock } from './demo-clock.tsx';
export { InboxPage } from './inbox-page.tsx';
export { demoWords } from './words.ts';
