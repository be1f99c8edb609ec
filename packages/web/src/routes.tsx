import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
} from '@tanstack/react-router';
import type { Permission } from '@vigie/contracts/accounts';
import { type ReactNode, useEffect } from 'react';
import { Crashed, NotFound } from './face/lost.tsx';
import { NoRight } from './face/notice.tsx';
import { Gate, OwnAccountPage, useMay, useMe } from './features/accounts/index.ts';
import {
  AlarmWatch,
  BoardPage,
  LinkedBoardPage,
  NotifyMe,
  OutboxProvider,
  ReplayPage,
  SweepPage,
  useActiveIncidents,
  WaitingHere,
} from './features/alarm/index.ts';
import { AuditPage } from './features/audit/index.ts';
import {
  type AddCameraFrom,
  AddCameraPage,
  CameraPage,
  CameraSettingsPage,
  FindCamerasPage,
  tasks,
} from './features/cameras/index.ts';
import { CasePage, CasesPage } from './features/cases/index.ts';
import { CitizenPage } from './features/citizen/index.ts';
import { CommissioningPage } from './features/commissioning/index.ts';
import { InboxPage } from './features/demo/index.ts';
import {
  CamerasPage,
  DevicesPage,
  ParkingCameraPage,
  ParkingCameraSettingsPage,
  readDeviceFilter,
} from './features/devices/index.ts';
import { DirectoryPage } from './features/directory/index.ts';
import { DisplayPage } from './features/display/index.ts';
import { DrillNotice, DrillsPage } from './features/drills/index.ts';
import {
  AloneRooms,
  BuildingPage,
  FloorPage,
  PlansLink,
  PlansPage,
} from './features/floors/index.ts';
import { RegisterPage, ReportPage, readRegisterSearch } from './features/incidents/index.ts';
import { InputsLink, InputsPage } from './features/inputs/index.ts';
import { MessagesPage } from './features/messages/index.ts';
import { ModelsLink, ModelsPage } from './features/models/index.ts';
import { homeOf, OverviewPage } from './features/overview/index.ts';
import {
  PalettePage,
  ParkingPage,
  readFilter,
  readPeriod,
  SpacePage,
} from './features/parking/index.ts';
import { PeoplePage } from './features/people/index.ts';
import { PhoneCameraPage } from './features/phone-camera/index.ts';
import { PrivacyPage } from './features/privacy/index.ts';
import { RetentionPage } from './features/retention/index.ts';
import { RoomPage, RoomsPage } from './features/rooms/index.ts';
import { readSearch, StatisticsPage } from './features/statistics/index.ts';
import { ZonePage, ZonesPage } from './features/zones/index.ts';
import { LiveLine } from './live-line.tsx';
import { keepPages } from './platform/offline.ts';
import { Shell } from './shell/shell.tsx';

/** A page for those who hold the right; the server refuses the others anyway. */
function For({ right, children }: { right: Permission; children: ReactNode }) {
  return useMay()(right) ? children : <NoRight />;
}

/** The way in: to the board while a building is evacuated, else to what the role needs first. */
function Home() {
  const { role } = useMe();
  const { incidents, isKnown } = useActiveIncidents();
  const urgent = incidents.find(({ kind }) => kind !== 'test');
  if (!isKnown) return null;
  if (!urgent) return <Navigate to={homeOf(role)} replace />;
  return <Navigate to="/incidents/$incidentId" params={{ incidentId: urgent.id }} replace />;
}

/** What only staff see: signed in, live, and told of an alarm; it opens without a network from then on. */
function Inside({ children }: { children: ReactNode }) {
  useEffect(keepPages, []);
  return (
    <Gate atDoor={<WaitingHere />}>
      <LiveLine />
      <AlarmWatch />
      <OutboxProvider>{children}</OutboxProvider>
    </Gate>
  );
}

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <Inside>
      <NotFound />
    </Inside>
  ),
});

const citizen = createRoute({
  getParentRoute: () => root,
  path: '/b/$spaceId',
  component: () => <CitizenPage spaceId={citizen.useParams().spaceId} />,
});

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: () => (
    <Inside>
      <Outlet />
    </Inside>
  ),
});

/** A screen in the street is nobody: its token, in the address of the page, stands for it. */
const display = createRoute({
  getParentRoute: () => root,
  path: '/display/$bollardId',
  component: () => (
    <DisplayPage
      bollardId={display.useParams().bollardId}
      // As it is written: the router would make a number of a token of digits.
      token={new URLSearchParams(location.search).get('token') ?? ''}
    />
  ),
});

/** A telephone that films is nobody either. */
const phoneCamera = createRoute({
  getParentRoute: () => root,
  path: '/camera/$token',
  // As it is written: the router would make a number of a token of digits.
  component: () => <PhoneCameraPage token={location.pathname.replace(/^\/camera\//, '')} />,
});

/** The fire service is nobody either: the token in the link opens one board. */
const linkedBoard = createRoute({
  getParentRoute: () => root,
  path: '/board/$token',
  // As it is written: the router would make a number of a token of digits.
  component: () => <LinkedBoardPage token={location.pathname.replace(/^\/board\//, '')} />,
});

const sweep = createRoute({
  getParentRoute: () => inside,
  path: '/incidents/$incidentId/sweep',
  component: () => (
    <For right="rooms.declare-empty">
      <SweepPage incidentId={sweep.useParams().incidentId} />
    </For>
  ),
});

const board = createRoute({
  getParentRoute: () => inside,
  path: '/incidents/$incidentId',
  component: () => (
    <For right="rooms.read">
      <BoardPage incidentId={board.useParams().incidentId} />
    </For>
  ),
});

const replay = createRoute({
  getParentRoute: () => inside,
  path: '/incidents/$incidentId/replay',
  component: () => (
    <For right="rooms.read">
      <ReplayPage incidentId={replay.useParams().incidentId} />
    </For>
  ),
});

const shell = createRoute({ getParentRoute: () => inside, id: 'shell', component: Shell });
const inShell = { getParentRoute: () => shell };

const home = createRoute({
  ...inShell,
  path: '/',
  component: Home,
});

const overview = createRoute({
  ...inShell,
  path: '/overview',
  component: OverviewPage,
});

const parking = createRoute({
  ...inShell,
  path: '/parking',
  validateSearch: readFilter,
  component: () => {
    const navigate = parking.useNavigate();
    return (
      <For right="parking.read">
        <ParkingPage
          filter={parking.useSearch()}
          onFilter={(search) => void navigate({ search, replace: true })}
        />
      </For>
    );
  },
});

const statistics = createRoute({
  ...inShell,
  path: '/parking/statistics',
  validateSearch: readSearch,
  component: () => {
    const navigate = statistics.useNavigate();
    return (
      <For right="parking.read">
        <StatisticsPage
          search={statistics.useSearch()}
          onSearch={(search) => void navigate({ search, replace: true })}
        />
      </For>
    );
  },
});

const space = createRoute({
  ...inShell,
  path: '/parking/$spaceId',
  component: () => (
    <For right="parking.read">
      <SpacePage spaceId={space.useParams().spaceId} />
    </For>
  ),
});

const colours = createRoute({
  ...inShell,
  path: '/colours',
  validateSearch: readPeriod,
  component: () => {
    const navigate = colours.useNavigate();
    return (
      <For right="parking.read">
        <PalettePage
          days={colours.useSearch().days}
          onDays={(days) => void navigate({ search: { days }, replace: true })}
        />
      </For>
    );
  },
});

const zones = createRoute({
  ...inShell,
  path: '/zones',
  component: () => (
    <For right="parking.read">
      <ZonesPage />
    </For>
  ),
});

const zone = createRoute({
  ...inShell,
  path: '/zones/$zoneId',
  component: () => (
    <For right="parking.read">
      <ZonePage zoneId={zone.useParams().zoneId} />
    </For>
  ),
});

const cases = createRoute({
  ...inShell,
  path: '/cases',
  component: () => (
    <For right="parking.handle-cases">
      <CasesPage />
    </For>
  ),
});

const oneCase = createRoute({
  ...inShell,
  path: '/cases/$caseId',
  component: () => (
    <For right="parking.handle-cases">
      <CasePage caseId={oneCase.useParams().caseId} />
    </For>
  ),
});

const devices = createRoute({
  ...inShell,
  path: '/devices',
  validateSearch: readDeviceFilter,
  component: () => {
    const navigate = devices.useNavigate();
    return (
      <For right="devices.read">
        <DevicesPage
          filter={devices.useSearch()}
          onFilter={(search) => void navigate({ search, replace: true })}
        />
      </For>
    );
  },
});

const parkingCameras = createRoute({
  ...inShell,
  path: '/devices/cameras',
  component: () => (
    <For right="devices.read">
      <CamerasPage />
    </For>
  ),
});

const parkingCamera = createRoute({
  ...inShell,
  path: '/devices/cameras/$cameraId',
  component: () => (
    <For right="devices.read">
      <ParkingCameraPage cameraId={parkingCamera.useParams().cameraId} />
    </For>
  ),
});

const parkingCameraSettings = createRoute({
  ...inShell,
  path: '/devices/cameras/$cameraId/settings',
  component: () => (
    <For right="town.write">
      <ParkingCameraSettingsPage cameraId={parkingCameraSettings.useParams().cameraId} />
    </For>
  ),
});

const rooms = createRoute({
  ...inShell,
  path: '/rooms',
  component: () => (
    <For right="rooms.read">
      <RoomsPage
        notice={<DrillNotice />}
        actions={
          <div className="page-actions">
            <AloneRooms />
            <NotifyMe />
            <PlansLink />
            <InputsLink />
            <ModelsLink />
          </div>
        }
      />
    </For>
  ),
});

const room = createRoute({
  ...inShell,
  path: '/rooms/$roomId',
  component: () => (
    <For right="rooms.read">
      <RoomPage roomId={room.useParams().roomId} />
    </For>
  ),
});

const commissioning = createRoute({
  ...inShell,
  path: '/cameras/$cameraId/commissioning',
  component: () => (
    <For right="town.write">
      <CommissioningPage cameraId={commissioning.useParams().cameraId} />
    </For>
  ),
});

const camera = createRoute({
  ...inShell,
  path: '/cameras/$cameraId',
  component: () => (
    <For right="town.write">
      <CameraPage cameraId={camera.useParams().cameraId} />
    </For>
  ),
});

const addCamera = createRoute({
  ...inShell,
  path: '/add-camera',
  validateSearch: ({ roomId, task }: Record<string, unknown>): AddCameraFrom => {
    const known = tasks.find((one) => one === task);
    // An id of digits is read as a number by the router.
    return {
      ...(roomId === undefined ? {} : { roomId: String(roomId) }),
      ...(known ? { task: known } : {}),
    };
  },
  component: () => (
    <For right="town.write">
      <AddCameraPage {...addCamera.useSearch()} />
    </For>
  ),
});

const findCameras = createRoute({
  ...inShell,
  path: '/find-cameras',
  component: () => (
    <For right="town.write">
      <FindCamerasPage />
    </For>
  ),
});

const cameraSettings = createRoute({
  ...inShell,
  path: '/cameras/$cameraId/settings',
  component: () => (
    <For right="town.write">
      <CameraSettingsPage cameraId={cameraSettings.useParams().cameraId} />
    </For>
  ),
});

const plans = createRoute({
  ...inShell,
  path: '/plans',
  component: () => (
    <For right="rooms.read">
      <PlansPage />
    </For>
  ),
});

const building = createRoute({
  ...inShell,
  path: '/buildings/$buildingId',
  component: () => (
    <For right="town.write">
      <BuildingPage buildingId={building.useParams().buildingId} />
    </For>
  ),
});

const floor = createRoute({
  ...inShell,
  path: '/floors/$floorId',
  component: () => (
    <For right="town.write">
      <FloorPage floorId={floor.useParams().floorId} />
    </For>
  ),
});

const report = createRoute({
  ...inShell,
  path: '/incidents/$incidentId/report',
  component: () => (
    <For right="rooms.read">
      <ReportPage incidentId={report.useParams().incidentId} />
    </For>
  ),
});

const register = createRoute({
  ...inShell,
  path: '/register',
  validateSearch: readRegisterSearch,
  component: () => {
    const navigate = register.useNavigate();
    return (
      <For right="rooms.read">
        <RegisterPage
          search={register.useSearch()}
          onSearch={(search) => void navigate({ search, replace: true })}
        />
      </For>
    );
  },
});

const audit = createRoute({
  ...inShell,
  path: '/audit',
  component: () => (
    <For right="audit.read">
      <AuditPage />
    </For>
  ),
});

const drills = createRoute({
  ...inShell,
  path: '/drills',
  component: () => (
    <For right="rooms.read">
      <DrillsPage />
    </For>
  ),
});

const inputs = createRoute({
  ...inShell,
  path: '/inputs',
  component: () => (
    <For right="devices.read">
      <InputsPage />
    </For>
  ),
});

const privacy = createRoute({
  ...inShell,
  path: '/privacy',
  component: () => (
    <For right="audit.read">
      <PrivacyPage />
    </For>
  ),
});

const retention = createRoute({
  ...inShell,
  path: '/retention',
  component: () => (
    <For right="audit.read">
      <RetentionPage />
    </For>
  ),
});

const models = createRoute({
  ...inShell,
  path: '/models',
  component: () => (
    <For right="town.write">
      <ModelsPage />
    </For>
  ),
});

const messages = createRoute({
  ...inShell,
  path: '/messages',
  component: () => (
    <For right="messages.read">
      <MessagesPage />
    </For>
  ),
});

const directory = createRoute({
  ...inShell,
  path: '/accounts/directory',
  component: () => (
    <For right="accounts.write">
      <DirectoryPage />
    </For>
  ),
});

const people = createRoute({
  ...inShell,
  path: '/accounts',
  component: () => (
    <For right="accounts.write">
      <PeoplePage />
    </For>
  ),
});

const ownAccount = createRoute({ ...inShell, path: '/account', component: OwnAccountPage });

const inbox = createRoute({
  ...inShell,
  path: '/demo/inbox',
  component: () => (
    <For right="messages.read">
      <InboxPage />
    </For>
  ),
});

/** All pages and their addresses. */
export const createRoutes = () =>
  createRouter({
    routeTree: root.addChildren([
      display,
      phoneCamera,
      linkedBoard,
      citizen,
      inside.addChildren([
        board,
        sweep,
        replay,
        shell.addChildren([
          home,
          overview,
          parking,
          statistics,
          space,
          colours,
          zones,
          zone,
          cases,
          oneCase,
          devices,
          parkingCameras,
          parkingCamera,
          parkingCameraSettings,
          rooms,
          room,
          commissioning,
          camera,
          cameraSettings,
          addCamera,
          findCameras,
          plans,
          building,
          floor,
          report,
          register,
          audit,
          drills,
          inputs,
          privacy,
          retention,
          models,
          messages,
          directory,
          people,
          ownAccount,
          inbox,
        ]),
      ]),
    ]),
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Crashed,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createRoutes>;
  }
}
