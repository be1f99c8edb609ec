import type { PrivacyDocument } from '@vigie/contracts/privacy';
import { blank, keepingTable, list, measures, type PrivacyFacts, text } from './privacy-facts.ts';

type Sections = PrivacyDocument['sections'];

/** The record of processing. Source: GDPR, article 30, paragraph 1, letters a to g. */
export function registerSections(facts: PrivacyFacts): Sections {
  return [
    {
      title: 'Responsable du traitement',
      blocks: [
        text(`Commune de ${facts.town}.`),
        blank('représentant légal, adresse et téléphone de la commune'),
        blank('nom et coordonnées du délégué à la protection des données'),
        blank('date d’inscription au registre, date de la dernière mise à jour'),
      ],
    },
    ...parking(facts),
    ...evacuation(facts),
    {
      title: 'Traitement 3 : comptes et journal des actions',
      blocks: [
        text('Finalité : donner des accès et pouvoir montrer qui a fait quoi.'),
        text('Personnes concernées : agents et programmes qui disposent d’un accès.'),
        text(accountsText(facts)),
        text(
          'Données : identifiant, nom, rôle, adresse réseau et navigateur des connexions, actions ; de qui s’identifie par un fournisseur d’identité, son adresse électronique et son numéro chez lui.',
        ),
        blank('base légale ; proposition : mission d’intérêt public (RGPD, article 6, 1, e)'),
      ],
    },
    { title: 'Durées de conservation', blocks: [keepingTable(facts.keeping)] },
    { title: 'Mesures de sécurité', blocks: [measures(facts)] },
    {
      title: 'Transferts hors de l’Union européenne',
      blocks: [
        text('Le logiciel n’en fait aucun de lui-même.'),
        blank('lieu d’hébergement du serveur et des prestataires de messagerie et de SMS'),
      ],
    },
  ];
}

const accountsText = ({ accounts }: PrivacyFacts): string => {
  const counted = Object.entries(accounts).map(([role, count]) => `${role} : ${count}`);
  return `Comptes ouverts par rôle : ${counted.join(', ') || 'aucun'}.`;
};

function parking({ zones, spaces, parkingCameras, outside }: PrivacyFacts): Sections {
  const channels = [...new Set(zones.flatMap((zone) => zone.channels))];
  return [
    {
      title: 'Traitement 1 : durée du stationnement',
      blocks: [
        text(
          'Finalité : montrer depuis quand une place est occupée et signaler aux forces de l’ordre un stationnement trop long (Code de la route, article R417-12). Le relevé est un indice ; l’agent constate.',
        ),
        text(
          `Étendue : ${zones.length} zones, ${spaces} places, ${parkingCameras} caméras sur des places.`,
        ),
        {
          kind: 'table',
          columns: ['Zone', 'Durée autorisée', 'Destinataires prévenus par'],
          rows: zones.map(({ name, allowedDays, channels: ways }) => [
            name,
            `${allowedDays} jours`,
            ways.join(', ') || 'personne n’est réglé',
          ]),
        },
        text(
          'Personnes concernées : usagers du stationnement, indirectement ; agents qui traitent les dossiers ; destinataires des messages.',
        ),
        text(
          'Données : occupation d’une place et sa durée. Ni plaque, ni image de véhicule, ni identité. Des agents : nom et actions sur les dossiers.',
        ),
        text(
          `Destinataires : police ou gendarmerie selon la zone${channels.length > 0 ? ` (${channels.join(', ')})` : ''}.`,
        ),
        ...(outside.length > 0 ? [list(...outside)] : []),
        blank('base légale ; proposition : mission d’intérêt public (RGPD, article 6, 1, e)'),
        blank('arrêtés municipaux qui fixent les durées autorisées'),
      ],
    },
  ];
}

function evacuation({ buildings, filmFreeRooms, wardens }: PrivacyFacts): Sections {
  const cameras = buildings.reduce((sum, one) => sum + one.cameras, 0);
  return [
    {
      title: 'Traitement 2 : comptage pour l’évacuation',
      blocks: [
        text(
          'Finalité : savoir, lors d’une alarme, dans quelles pièces il reste du monde, et tenir le registre des exercices (Code du travail, articles R4227-38 et R4227-39).',
        ),
        text(`Étendue : ${buildings.length} bâtiments, ${cameras} caméras.`),
        text(
          'Personnes concernées : public et agents présents dans les pièces ; guides et serre-files.',
        ),
        text(
          `Données : nombre de personnes par pièce et positions sans identité ; ${wardens} guides et serre-files, avec leur nom ; constatations des rondes.`,
        ),
        text(
          filmFreeRooms.length > 0
            ? `Pièces jamais filmées : ${filmFreeRooms.join(', ')}.`
            : 'Aucune pièce n’est déclarée comme ne devant pas être filmée.',
        ),
        text('Destinataires : équipe d’évacuation de la commune, secours lors d’un incident.'),
        blank('base légale de chaque bâtiment ; obligation légale ou mission d’intérêt public'),
        blank(
          'autorisation préfectorale des caméras des lieux ouverts au public, le cas échéant (Code de la sécurité intérieure, livre II, titre V)',
        ),
        blank('consultation du comité social territorial'),
      ],
    },
  ];
}
