export { AlarmBanner } from './alarm-banner.tsx';
export { AlarmWatch } from './alarm-watch.tsx';
export { BoardPage } from './board-page.tsx';
export { LinkedBoardPage } from './linked-board-page.tsx';
export { NotifyMe } from './notify-me.tsx';
export { OutboxLine, WaitingHere } from './outbox-line.tsx';
export {
  alarmInputsQuery,
  takeBoard,
  takeIncident,
  takeRoomOnBoards,
  useActiveIncidents,
} from './queries.ts';
export { ReplayPage } from './replay-page.tsx';
export { SoundAlarm } from './sound-alarm.tsx';
export { SweepPage } from './sweep-page.tsx';
export { OutboxProvider } from './use-outbox.tsx';
export { alarmWords } from './words.ts';
