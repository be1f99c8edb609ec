import type { Role, SecondFactorRule } from '@vigie/contracts/accounts';
import type { CameraUse } from '@vigie/contracts/evacuation';
import type { Keeping } from '@vigie/contracts/keeping';
import type { PrivacyBlock } from '@vigie/contracts/privacy';
import type { RetentionKind } from '@vigie/contracts/retention';

/** What the settings say of the town: everything in the documents comes from here, or is a blank. */
export interface PrivacyFacts {
  town: string;
  /** Accounts that can sign in, by role. */
  accounts: Readonly<Partial<Record<Role, number>>>;
  zones: { name: string; allowedDays: number; channels: string[] }[];
  spaces: number;
  /** Cameras that watch parking spaces. */
  parkingCameras: number;
  buildings: { name: string; address: string; use: CameraUse; rooms: number; cameras: number }[];
  /** Rooms that may not be filmed. */
  filmFreeRooms: string[];
  wardens: number;
  keeping: Keeping;
  /** Who must have one. */
  secondFactor: SecondFactorRule;
  passwordLength: number;
  /** Receivers of data outside, by what they get. */
  outside: string[];
  isDatabaseOwn: boolean;
}

export const text = (words: string): PrivacyBlock => ({ kind: 'text', text: words });
export const blank = (words: string): PrivacyBlock => ({ kind: 'blank', text: words });
export const list = (...items: string[]): PrivacyBlock => ({ kind: 'list', items });

/** What is kept of each kind, in French. */
const kindWords: Readonly<Record<RetentionKind, string>> = {
  incidents: 'Exercices et incidents : états des pièces, comptages, rondes, signatures',
  'camera-views': 'Consultations des images en direct : qui, quelle caméra, quand, motif',
  'known-empties': 'Qui a déclaré une pièce vide',
  'parking-events': 'Événements des capteurs de stationnement',
  cases: 'Dossiers transmis à la police, après clôture',
  stays: 'Durées de stationnement, sans véhicule ni personne',
  messages: 'Messages envoyés et leurs destinataires',
  'sign-ins': 'Connexions : adresse réseau, navigateur',
  audit: 'Journal des actions',
};

/** How long each kind is kept, from the settings. */
export const keepingTable = (keeping: Keeping): PrivacyBlock => ({
  kind: 'table',
  columns: ['Données', 'Durée de conservation'],
  rows: (Object.keys(kindWords) as RetentionKind[]).map((kind) => [
    kindWords[kind],
    keeping[kind] === 0 ? 'sans limite réglée — à justifier' : `${keeping[kind]} jours`,
  ]),
});

export const useWords: Readonly<Record<CameraUse, string>> = {
  open: 'comptage en continu ; image floutée en direct pour les personnes habilitées',
  counting: 'comptage en continu ; aucune image hors incident',
  incidents: 'ni comptage ni image hors incident',
};

/** The buildings with cameras, and what these may be used for. */
export const buildingsTable = (buildings: PrivacyFacts['buildings']): PrivacyBlock => ({
  kind: 'table',
  columns: ['Bâtiment', 'Adresse', 'Pièces', 'Caméras', 'Usage réglé'],
  rows: buildings.map(({ name, address, rooms, cameras, use }) => [
    name,
    address || '[À COMPLÉTER : adresse]',
    `${rooms}`,
    `${cameras}`,
    useWords[use],
  ]),
});

const secondFactorWords: Record<SecondFactorRule, string> = {
  nobody: 'facultatif',
  administrators: 'obligatoire pour les administrateurs',
  everybody: 'obligatoire pour tous',
};

/** What protects the data, as it is built and set. */
export const measures = (facts: PrivacyFacts): PrivacyBlock =>
  list(
    'Aucune image n’est écrite sur un disque ; une image n’existe qu’en mémoire vive, le temps d’être analysée.',
    'Aucun visage n’est reconnu, aucune personne n’est suivie d’une caméra à l’autre, aucune plaque n’est lue.',
    'L’image en direct est floutée ; l’image nette demande un droit, un motif ou un incident, et chaque consultation est inscrite au journal.',
    'Le journal des actions est chaîné par empreintes SHA-256 : une ligne modifiée ou retirée se voit.',
    'Les mots de passe des caméras et les autres secrets sont chiffrés dans la base de données.',
    `Mots de passe d’au moins ${facts.passwordLength} caractères, essais limités ; second facteur ${secondFactorWords[facts.secondFactor]}.`,
    'Les droits sont donnés par rôle et peuvent être limités à des zones ou à des bâtiments.',
    'Les suppressions à échéance sont automatiques, quotidiennes et inscrites au journal.',
    'Les données d’une personne se retrouvent, se remettent et s’effacent en une opération.',
  );
