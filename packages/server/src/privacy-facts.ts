import type { Keeping } from '@vigie/contracts/keeping';
import { recipientOf } from '@vigie/contracts/recipients';
import type { Town } from '@vigie/contracts/town';
import type { Accounts } from './accounts/index.ts';
import type { PrivacyFacts } from './audit/index.ts';
import type { Config } from './platform/config.ts';

interface FactsDeps {
  exportTown: () => Promise<Town>;
  accounts: Pick<Accounts, 'countByRole'>;
  keeping: Keeping;
  config: Config;
}

/** What the settings say, for the documents of the data-protection officer. */
export const createPrivacyFacts =
  ({ exportTown, accounts, keeping, config }: FactsDeps) =>
  async (): Promise<PrivacyFacts> => ({
    ...factsOf(await exportTown()),
    town: config.VIGIE_TOWN,
    accounts: await accounts.countByRole(),
    keeping,
    secondFactor: config.VIGIE_SECOND_FACTOR,
    passwordLength: config.VIGIE_PASSWORD_LENGTH,
    outside: outsideOf(config),
    isDatabaseOwn: config.DATABASE_URL === undefined,
  });

type TownFacts = Pick<
  PrivacyFacts,
  'zones' | 'spaces' | 'parkingCameras' | 'buildings' | 'filmFreeRooms' | 'wardens'
>;

function factsOf({ zones, spaces, parkingCameras, buildings, ...town }: Town): TownFacts {
  const { rooms, cameras, wardens = [] } = town;
  return {
    zones: zones.map(({ id, name, allowedDays, recipients = [] }) => ({
      name,
      allowedDays,
      channels: [...new Set(recipients.map((one) => recipientOf(one, id).channel))],
    })),
    spaces: spaces.length,
    parkingCameras: parkingCameras.length,
    buildings: buildings.map(({ id, name, address, cameraUse: use = 'open' }) => {
      const inside = rooms.filter(({ buildingId }) => buildingId === id);
      const watching = cameras.filter(({ roomId }) => inside.some((room) => room.id === roomId));
      return { name, address, use, rooms: inside.length, cameras: watching.length };
    }),
    filmFreeRooms: rooms.filter(({ isFilmFree }) => isFilmFree).map(({ name }) => name),
    wardens: wardens.length,
  };
}

/** Who gets data by a setting of the server, in French. */
function outsideOf(config: Config): string[] {
  const places: [words: string, url: string | undefined][] = [
    ['Courriels remis au serveur', config.SMTP_URL],
    ['SMS remis à la passerelle', config.VIGIE_SMS_URL],
    ['SMS remis à OVHcloud', config.VIGIE_OVH_SMS_SERVICE && config.VIGIE_OVH_URL],
    ['Messages d’alerte (CAP) envoyés à', config.VIGIE_CAP_URL],
    ['Messages entre les machines portés par', config.MQTT_URL],
    ['Capteurs reçus du réseau', config.TTS_MQTT_URL],
    ['Capteurs reçus du réseau', config.CHIRPSTACK_MQTT_URL],
  ];
  return [
    ...places.flatMap(([words, url]) => (url ? [`${words} ${new URL(url).hostname}.`] : [])),
    ...(config.VIGIE_HOME_ASSISTANT === 'on'
      ? ['Bornes et pièces annoncées à Home Assistant.']
      : []),
  ];
}
