import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '@vigie/contracts/live';
import { takeBoard, takeIncident, takeRoomOnBoards } from './features/alarm/index.ts';
import { takeCase } from './features/cases/index.ts';
import { takeMessage } from './features/messages/index.ts';
import { takeSpace } from './features/parking/index.ts';
import { takeRoom } from './features/rooms/index.ts';

/** Hands each live event to the features it concerns. */
export function takeLiveEvents(client: QueryClient, events: readonly LiveEvent[]): void {
  for (const event of events) take(client, event);
}

function take(client: QueryClient, event: LiveEvent) {
  switch (event.name) {
    case 'space':
      return takeSpace(client, event);
    case 'case':
      return takeCase(client, event);
    case 'message':
      return takeMessage(client, event);
    case 'incident':
      return takeIncident(client, event);
    case 'board':
      return takeBoard(client, event);
    case 'room':
      takeRoom(client, event);
      return takeRoomOnBoards(client, event);
  }
}
