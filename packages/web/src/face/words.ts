import { inBoth } from '../platform/i18n.ts';

export const faceWords = inBoth(
  {
    loading: 'Chargement…',
    retry: 'Réessayer',
    back: 'Retour',
    cancel: 'Annuler',
    close: 'Fermer',
    copy: 'Copier',
    copied: 'Copié',
    showTyped: 'Montrer ce qui est tapé',
    failed: 'Ces données n’ont pas pu être lues.',
    exportCsv: 'Exporter en CSV',
    showMore_one: 'Afficher {{count}} de plus',
    showMore_other: 'Afficher {{count}} de plus',
    notFound: 'Cette page n’existe pas.',
    notFoundHint: 'Le lien est peut-être ancien. Revenez à l’accueil.',
    home: 'Aller à l’accueil',
    crashed: 'Cette page s’est arrêtée.',
    crashedHint: 'Rechargez-la. Si cela se répète, prévenez l’administrateur.',
    reload: 'Recharger la page',
    noRight: 'Votre compte ne donne pas accès à cette page.',
    noRightHint: 'Si vous en avez besoin, demandez-le à l’administrateur.',
  },
  {
    loading: 'Loading…',
    retry: 'Try again',
    back: 'Back',
    cancel: 'Cancel',
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    showTyped: 'Show what is typed',
    failed: 'These data could not be read.',
    exportCsv: 'Export as CSV',
    showMore_one: 'Show {{count}} more',
    showMore_other: 'Show {{count}} more',
    notFound: 'This page does not exist.',
    notFoundHint: 'The link may be old. Go back to the start.',
    home: 'Go to the start',
    crashed: 'This page has stopped.',
    crashedHint: 'Reload it. If it happens again, tell the administrator.',
    reload: 'Reload the page',
    noRight: 'Your account does not open this page.',
    noRightHint: 'If you need it, ask the administrator.',
  },
);

/** A sentence per error code: what happened, then what to do. */
export const errorWords = inBoth(
  {
    'input/invalid': 'La saisie n’est pas valable. Corrigez-la et recommencez.',
    'accounts/not-signed-in': 'Votre session est terminée. Identifiez-vous de nouveau.',
    'accounts/wrong-credentials': 'L’identifiant ou le mot de passe est faux.',
    'accounts/not-allowed': 'Votre compte n’a pas ce droit. Demandez-le à l’administrateur.',
    'accounts/out-of-scope':
      'Vos droits ne couvrent pas cette zone ou ce bâtiment. Demandez à l’administrateur.',
    'accounts/duty-first': 'Terminez d’abord la mise en place de votre compte.',
    'accounts/wrong-code':
      'Ce code est faux. Vérifiez l’heure du téléphone et prenez le code le plus récent.',
    'accounts/code-expired': 'Ce code n’est plus attendu. Identifiez-vous de nouveau.',
    'accounts/second-factor-exists': 'La double authentification est déjà en place.',
    'accounts/second-factor-required':
      'Ce compte garde sa double authentification. Un administrateur peut la réinitialiser.',
    'accounts/password-same': 'Choisissez un autre mot de passe que l’ancien.',
    'accounts/user-unknown': 'Ce compte n’existe plus.',
    'accounts/last-administrator':
      'C’est le dernier administrateur local. Créez-en d’abord un autre.',
    'accounts/token-unknown': 'Ce jeton n’existe plus.',
    'accounts/session-unknown': 'Cette session est déjà terminée.',
    'accounts/passkey-refused':
      'Cette clé d’accès n’ouvre rien ici. Identifiez-vous avec le mot de passe.',
    'accounts/passkey-unknown': 'Cette clé d’accès est déjà retirée.',
    'accounts/passkey-exists': 'Cet appareil a déjà une clé d’accès ici.',
    'accounts/passkeys-unavailable':
      'Les clés d’accès demandent une adresse publique en https, avec un nom. Un administrateur la règle (VIGIE_PUBLIC_URL).',
    'accounts/sign-in-stale':
      'Vous vous êtes identifié il y a plus de dix minutes. Donnez votre mot de passe, ou identifiez-vous de nouveau.',
    'accounts/role-not-limitable':
      'Ce rôle vaut pour toute la ville. Choisissez un autre rôle, ou aucune limite.',
    'accounts/foreign-origin':
      'Cette page vient d’une autre adresse. Ouvrez Vigie par sa propre adresse.',
    'accounts/password-common':
      'Ce mot de passe est parmi les plus utilisés, même déguisé. Prenez quelques mots qui n’ont rien à voir entre eux.',
    'accounts/password-refused': 'Ce mot de passe ne suit pas les règles de la ville.',
    'accounts/user-exists': 'Ce compte existe déjà.',
    'accounts/too-many-attempts':
      'Trop d’essais manqués. Attendez {{minutes}} min, ou essayez là où vous vous êtes déjà identifié. L’administrateur peut aussi réinitialiser le compte.',
    'accounts/directory-away':
      'L’annuaire de la ville ne répond pas. Réessayez plus tard ; un compte local fonctionne toujours.',
    'accounts/directory-not-set': 'Aucun annuaire n’est configuré.',
    'accounts/directory-account':
      'Cela vient de l’annuaire : changez-le là-bas, ou dans la table des groupes.',
    'accounts/directory-changed': 'Un autre a changé la table entre-temps. Rechargez la page.',
    'accounts/provider-not-set': 'Aucun fournisseur d’identité n’est configuré.',
    'accounts/provider-away':
      'Le fournisseur d’identité ne répond pas. Réessayez plus tard, ou entrez avec un mot de passe de Vigie.',
    'accounts/provider-refused':
      'La réponse du fournisseur d’identité n’a pas pu être vérifiée. Recommencez ; si cela dure, prévenez l’administrateur.',
    'accounts/provider-cancelled':
      'Vous ne vous êtes pas identifié chez le fournisseur d’identité.',
    'accounts/provider-expired':
      'Cette identification a duré trop longtemps ou vient d’un autre navigateur. Recommencez.',
    'accounts/provider-level':
      'La ville demande une identification plus forte : servez-vous de la double authentification chez votre fournisseur d’identité.',
    'accounts/provider-unverified':
      'Votre fournisseur d’identité ne garantit pas votre adresse. Faites-la vérifier chez lui, puis recommencez.',
    'accounts/provider-unknown':
      'Votre identité est confirmée, mais aucun compte ne vous attend ici. Demandez une invitation, pour cette adresse, à la personne qui administre Vigie dans votre mairie.',
    'accounts/provider-disabled':
      'Votre compte est désactivé. Adressez-vous à la personne qui administre Vigie dans votre mairie.',
    'accounts/provider-account':
      'Le fournisseur d’identité vous identifie : ce compte n’a ni mot de passe ni clé d’accès.',
    'parking/space-unknown': 'Cette place n’existe pas ou n’existe plus.',
    'parking/zone-unknown': 'Cette zone n’existe pas ou n’existe plus.',
    'parking/rules-in-past':
      'De nouvelles règles ne s’appliquent pas au passé. Choisissez une date à venir.',
    'parking/exemption-unknown': 'Cette autorisation n’existe pas ou n’est plus en vigueur.',
    'parking/exemption-in-past': 'La fin de l’autorisation doit être à venir.',
    'parking/case-unknown': 'Ce dossier n’existe pas.',
    'parking/case-step-refused':
      'Le dossier a changé entre-temps : cette étape n’est plus possible. Voyez l’historique.',
    'devices/bollard-unknown': 'Cette borne n’existe pas ou n’existe plus.',
    'devices/bollard-exists': 'Une borne porte déjà ce nom.',
    'devices/bollard-nowhere': 'Cette borne n’est rattachée à aucune place.',
    'devices/eui-taken':
      'Une autre borne porte déjà cet EUI. Corrigez-le, ou remplacez cette borne.',
    'devices/inventory-unreadable':
      'Le fichier est illisible. Attendu : CSV avec une ligne de titres, ou YAML.',
    'devices/inventory-wrong': 'Des lignes du fichier sont fausses. Rien n’a été changé.',
    'devices/event-unreadable': 'Le message de la borne est illisible ; il est gardé tel quel.',
    'devices/wrong-key': 'Ce n’est pas la clé de cette borne.',
    'devices/key-unknown': 'Aucun équipement de ce nom n’a de clé.',
    'devices/display-token-wrong':
      'Cet écran n’a pas le droit de montrer cette borne. Demandez un nouveau jeton.',
    'devices/key-too-weak': 'La clé de la borne est trop faible.',
    'models/busy':
      'Un autre modèle est en train d’être reçu ou installé. Réessayez dans un instant.',
    'models/name-taken':
      'Un modèle porte déjà ce nom. Retirez-le d’abord, ou donnez un autre nom au fichier.',
    'models/too-large':
      'Le fichier dépasse 300 Mio. Prenez un modèle plus petit, ou déposez-le à la main dans un dossier de modèles.',
    'models/disk-full': 'Le disque du serveur n’a plus assez de place. Libérez-en, puis réessayez.',
    'models/cut-off': 'Le fichier n’est pas arrivé entier. Rien n’a été gardé. Réessayez.',
    'models/not-onnx':
      'Ce fichier est abîmé, ou n’est pas un détecteur ONNX. Exportez-le de nouveau (YOLOv8, YOLO11 ou YOLOX).',
    'models/not-whole':
      'Ce modèle garde des parties dans d’autres fichiers. Exportez-le en un seul fichier.',
    'models/head-unknown':
      'La sortie de ce modèle n’est pas connue. Exportez YOLOv8, YOLO11 ou YOLOX pour la détection, à taille d’entrée fixe.',
    'models/does-not-run':
      'Ce modèle ne fonctionne pas sur cette machine. Il n’a pas été installé ; le journal du serveur dit pourquoi.',
    'models/hash-differs':
      'L’empreinte n’est pas celle du fichier reçu. Comparez-la de nouveau avec celle de l’éditeur.',
    'models/upload-unknown': 'Ce fichier n’attend plus. Envoyez-le de nouveau.',
    'models/model-unknown':
      'Le dossier de ce serveur n’a pas ce modèle. Ceux des autres dossiers se retirent à la main.',
    'models/no-folders':
      'Ce serveur n’a pas de dossier de modèles. Déposez le fichier sur la machine de chaque programme de comptage.',
    'devices/camera-unknown': 'Cette caméra n’existe pas ou n’existe plus.',
    'devices/camera-taken': 'Une caméra de salle porte déjà ce nom. Choisissez-en un autre.',
    'devices/camera-sensor':
      'Ce capteur est une caméra. Changez-le sur la page des caméras du stationnement.',
    'evacuation/building-unknown': 'Ce bâtiment n’existe pas ou n’existe plus.',
    'evacuation/room-unknown': 'Cette pièce n’existe pas ou n’existe plus.',
    'evacuation/camera-unknown': 'Cette caméra n’existe pas ou n’existe plus.',
    'evacuation/floor-unknown': 'Cet étage n’existe pas ou n’existe plus.',
    'evacuation/assembly-point-unknown': 'Ce point de rassemblement n’existe pas ou n’existe plus.',
    'evacuation/warden-unknown': 'Cette personne n’est pas ou n’est plus guide ou serre-file.',
    'evacuation/floor-exists': 'Un autre étage du bâtiment porte déjà ce nom.',
    'evacuation/floor-changed':
      'Quelqu’un a modifié cet étage entre-temps. Rechargez la page, puis recommencez.',
    'evacuation/plan-missing': 'Cet étage n’a pas encore de plan.',
    'evacuation/plan-unreadable':
      'Ce plan n’est pas lisible. Donnez un PNG, un SVG simple ou un PDF, de 8 Mo au plus.',
    'evacuation/room-film-free':
      'Cette pièce ne doit pas être filmée : seule une caméra à sa porte est possible.',
    'evacuation/camera-link-wrong':
      'Ce lien n’ouvre aucune caméra, ou il a expiré. Demandez-en un nouveau.',
    'evacuation/camera-address-forbidden':
      'Cette adresse n’est pas permise : locale au lien, multidiffusion ou métadonnées d’un nuage. Donnez une autre adresse à la caméra, ou nommez celle-ci dans VIGIE_CAMERA_ALLOW.',
    'evacuation/camera-is-browser':
      'Cette caméra est un téléphone : elle n’a pas d’adresse à essayer. Ouvrez son lien sur le téléphone.',
    'evacuation/enquiry-unknown': 'Cet essai n’est plus en mémoire. Recommencez.',
    'evacuation/enquiries-many': 'Trop d’essais à la fois. Attendez la fin de l’un d’eux.',
    'evacuation/camera-needed':
      'Un incident est en cours dans ce bâtiment : ses caméras restent jusqu’à la fin.',
    'evacuation/camera-no-browser':
      'Cette caméra a sa propre adresse : un téléphone ne peut pas la remplacer.',
    'evacuation/room-has-no-door-count': 'Aucune caméra ne compte aux portes de cette pièce.',
    'evacuation/incident-unknown': 'Cet incident n’existe pas.',
    'evacuation/incident-ended': 'Cet incident est déjà terminé.',
    'evacuation/incident-active': 'Cet incident est en cours : terminez-le d’abord.',
    'evacuation/cap-unknown': 'Ce message CAP n’existe pas.',
    'evacuation/reason-missing': 'Indiquez un motif d’au moins 10 caractères.',
    'evacuation/finding-id-taken':
      'Une autre ronde porte déjà ce numéro. Saisissez de nouveau ce que vous avez vu.',
    'evacuation/board-link-wrong':
      'Ce lien n’ouvre aucun tableau, ou il a expiré. Demandez-en un nouveau.',
    'evacuation/board-link-unknown': 'Ce lien n’existe pas ou a déjà été retiré.',
    'evacuation/moment-forgotten':
      'Le serveur ne sait plus ce que la caméra comptait alors. Prenez un nouveau moment.',
    'evacuation/moment-unknown': 'Ce moment n’existe pas ou n’existe plus.',
    'evacuation/signature-wrong': 'La signature du signal d’alarme est fausse.',
    'evacuation/purpose-locked':
      'Les images de ce bâtiment sont réservées aux incidents. Le comptage reste affiché s’il est permis.',
    'audit/person-unknown':
      'Rien ici ne nomme cette personne. Donnez l’identifiant, le nom complet ou l’adresse telle qu’elle est écrite.',
    'audit/person-ambiguous': 'Plusieurs comptes portent ce nom. Donnez l’identifiant.',
    'evacuation/alarm-input-unknown': 'Cette entrée d’alarme n’existe pas.',
    'evacuation/drill-unknown': 'Cet exercice n’est plus prévu : il a été déclenché ou annulé.',
    'evacuation/drill-in-past': 'Cette heure est passée : choisissez-en une à venir.',
    'evacuation/drill-not-due':
      'L’heure de cet exercice n’est pas venue, ou elle est passée : changez-la.',
    'exports/subscription-unknown': 'Cet abonnement n’existe pas ou n’existe plus.',
    'exports/subscription-exists': 'Un abonnement porte déjà ce nom.',
    'exports/not-acceptable': 'Le serveur n’a pas cette forme de réponse.',
    'platform/route-unknown':
      'Le serveur ne connaît pas cette adresse. Il est peut-être plus ancien.',
    'platform/data-folder-taken': 'Le dossier de données est déjà utilisé.',
    'platform/database-taken': 'La base de données est utilisée par un autre programme.',
    'platform/key-wrong': 'La clé n’est pas celle de cette base de données.',
    'platform/key-there': 'La clé de cette base de données est là.',
    'platform/port-taken': 'Le port est déjà utilisé.',
    'platform/request-too-large': 'L’envoi est trop volumineux. Raccourcissez-le.',
    'platform/address-forbidden':
      'Rien n’est envoyé à cette adresse. Donnez-en une autre, ou nommez-la dans VIGIE_OUTGOING_ALLOW.',
    'platform/body-packed': 'L’envoi est compressé. Envoyez-le tel quel.',
    'platform/too-many-requests': 'Trop de demandes depuis cette adresse. Attendez une minute.',
    'platform/database-failed': 'La base de données ne répond pas. Réessayez dans un instant.',
    'platform/unavailable': 'Le service ne répond pas. Réessayez dans un instant.',
    'platform/bug': 'Une erreur est survenue dans le serveur. Son journal dit laquelle.',
    'web/no-connection': 'Le serveur est injoignable. Vérifiez le réseau, puis réessayez.',
    'web/answer-unreadable': 'La réponse du serveur est illisible. Rechargez la page.',
    'web/passkey-silent':
      'Aucune clé d’accès n’a répondu : la demande a été fermée, ou son temps est passé.',
    'web/unexpected': 'Une erreur inattendue est survenue. Réessayez.',
  },
  {
    'input/invalid': 'The input is not valid. Correct it and try again.',
    'accounts/not-signed-in': 'Your session has ended. Sign in again.',
    'accounts/wrong-credentials': 'The user name or the password is wrong.',
    'accounts/not-allowed': 'Your account does not have this right. Ask the administrator for it.',
    'accounts/out-of-scope':
      'Your rights do not cover this zone or building. Ask the administrator.',
    'accounts/duty-first': 'First finish setting up your account.',
    'accounts/wrong-code':
      'This code is wrong. Check the time on the telephone and take the newest code.',
    'accounts/code-expired': 'This code is no longer expected. Sign in again.',
    'accounts/second-factor-exists': 'The second factor is set up already.',
    'accounts/second-factor-required':
      'This account keeps a second factor. An administrator can reset it.',
    'accounts/password-same': 'Choose a password other than the old one.',
    'accounts/user-unknown': 'This account exists no more.',
    'accounts/last-administrator': 'This is the last local administrator. Make another one first.',
    'accounts/token-unknown': 'This token exists no more.',
    'accounts/session-unknown': 'This session has ended already.',
    'accounts/passkey-refused': 'This passkey opens nothing here. Sign in with the password.',
    'accounts/passkey-unknown': 'This passkey was removed already.',
    'accounts/passkey-exists': 'This device has a passkey here already.',
    'accounts/passkeys-unavailable':
      'Passkeys need a public address in https, with a name. An administrator sets it (VIGIE_PUBLIC_URL).',
    'accounts/sign-in-stale':
      'You signed in more than ten minutes ago. Give your password, or sign in again.',
    'accounts/role-not-limitable':
      'This role holds for the whole town. Choose another role, or no limit.',
    'accounts/foreign-origin': 'This page comes from another address. Open Vigie by its own.',
    'accounts/password-common':
      'This password is among those that are used most, even disguised. Take a few words that do not belong together.',
    'accounts/password-refused': 'This password does not follow the town’s rules.',
    'accounts/user-exists': 'This account already exists.',
    'accounts/too-many-attempts':
      'Too many failed attempts. Wait {{minutes}} min, or try where you have signed in before. An administrator can also reset the account.',
    'accounts/directory-away':
      'The directory of the town does not answer. Try again later; a local account works all the same.',
    'accounts/directory-not-set': 'No directory is configured.',
    'accounts/directory-account':
      'This comes from the directory: change it there, or in the table of groups.',
    'accounts/directory-changed': 'Somebody else changed the table meanwhile. Load the page again.',
    'accounts/provider-not-set': 'No identity provider is configured.',
    'accounts/provider-away':
      'The identity provider does not answer. Try again later, or come in with a password of Vigie.',
    'accounts/provider-refused':
      'The answer of the identity provider could not be verified. Try again; if it goes on, tell the administrator.',
    'accounts/provider-cancelled': 'You did not sign in at the identity provider.',
    'accounts/provider-expired':
      'This sign-in took too long or comes from another browser. Begin again.',
    'accounts/provider-level':
      'The town asks for a stronger sign-in: use a second factor at your identity provider.',
    'accounts/provider-unverified':
      'Your identity provider does not vouch for your address. Have it verified there, then try again.',
    'accounts/provider-unknown':
      'Your identity is confirmed, but no account awaits you here. Ask whoever administers Vigie in your town hall for an invitation to this address.',
    'accounts/provider-disabled':
      'Your account is disabled. Ask whoever administers Vigie in your town hall.',
    'accounts/provider-account':
      'The identity provider signs you in: this account has no password and no passkey.',
    'parking/space-unknown': 'This space does not exist, or no longer.',
    'parking/zone-unknown': 'This zone does not exist, or no longer.',
    'parking/rules-in-past': 'New rules do not apply to the past. Choose a date to come.',
    'parking/exemption-unknown': 'This authorisation does not exist, or is no longer in force.',
    'parking/exemption-in-past': 'The authorisation must end in the future.',
    'parking/case-unknown': 'This case does not exist.',
    'parking/case-step-refused':
      'The case has changed meanwhile: this step is no longer possible. See its history.',
    'devices/bollard-unknown': 'This bollard does not exist, or no longer.',
    'devices/bollard-exists': 'A bollard already has this name.',
    'devices/bollard-nowhere': 'This bollard stands at no space.',
    'devices/eui-taken': 'Another bollard has this EUI. Correct it, or replace that bollard.',
    'devices/inventory-unreadable':
      'The file cannot be read. Expected: CSV with a line of titles, or YAML.',
    'devices/inventory-wrong': 'Lines of the file are wrong. Nothing was changed.',
    'devices/event-unreadable': 'The device’s message cannot be read; it is kept as it came.',
    'devices/wrong-key': 'This is not the key of this bollard.',
    'devices/key-unknown': 'No device of this name has a key.',
    'devices/display-token-wrong': 'This screen may not show this bollard. Ask for a new token.',
    'devices/key-too-weak': 'The key of the bollard is too weak.',
    'models/busy': 'Another model is being received or installed. Try again in a moment.',
    'models/name-taken':
      'A model already has this name. Remove it first, or give the file another name.',
    'models/too-large':
      'The file is larger than 300 MiB. Take a smaller model, or put it into a model folder by hand.',
    'models/disk-full': 'The disk of the server has not enough room. Make some, then try again.',
    'models/cut-off': 'The file did not come whole. Nothing was kept. Try again.',
    'models/not-onnx':
      'This file is damaged, or no ONNX detector. Export it again (YOLOv8, YOLO11 or YOLOX).',
    'models/not-whole': 'This model keeps parts in other files. Export it into one file.',
    'models/head-unknown':
      'The output of this model is not known. Export YOLOv8, YOLO11 or YOLOX for detection, with a fixed input size.',
    'models/does-not-run':
      'This model does not run on this machine. It was not installed; the log of the server says why.',
    'models/hash-differs':
      'The hash is not that of the file received. Compare it with the one its maker names.',
    'models/upload-unknown': 'This file does not wait any longer. Send it again.',
    'models/model-unknown':
      'The folder of this server has no such model. Those in other folders are removed by hand.',
    'models/no-folders':
      'This server has no model folder. Put the file onto the machine of each counting program.',
    'devices/camera-unknown': 'This camera does not exist, or no longer.',
    'devices/camera-taken': 'A camera of a room already has this name. Choose another.',
    'devices/camera-sensor': 'This sensor is a camera. Change it on the page of parking cameras.',
    'evacuation/building-unknown': 'This building does not exist, or no longer.',
    'evacuation/room-unknown': 'This room does not exist, or no longer.',
    'evacuation/camera-unknown': 'This camera does not exist, or no longer.',
    'evacuation/floor-unknown': 'This floor does not exist, or no longer.',
    'evacuation/assembly-point-unknown': 'This assembly point does not exist, or no longer.',
    'evacuation/warden-unknown': 'This person is no warden, or no longer.',
    'evacuation/floor-exists': 'Another floor of the building already has this name.',
    'evacuation/floor-changed':
      'Somebody changed this floor meanwhile. Reload the page and begin again.',
    'evacuation/plan-missing': 'This floor has no plan yet.',
    'evacuation/plan-unreadable':
      'This plan cannot be read. Give a PNG, a plain SVG or a PDF of 8 MB at most.',
    'evacuation/room-film-free':
      'This room must not be filmed: only a camera at its door is possible.',
    'evacuation/camera-link-wrong':
      'This link opens no camera, or it has expired. Ask for a new one.',
    'evacuation/camera-address-forbidden':
      'This address is not allowed: link-local, multicast or the metadata of a cloud. Give the camera another address, or name this one in VIGIE_CAMERA_ALLOW.',
    'evacuation/camera-is-browser':
      'This camera is a telephone: it has no address to try. Open its link on the telephone.',
    'evacuation/enquiry-unknown': 'This trial is no longer in memory. Start again.',
    'evacuation/enquiries-many': 'Too many trials at once. Wait until one has ended.',
    'evacuation/camera-needed':
      'An incident goes on in this building: its cameras stay until it ends.',
    'evacuation/camera-no-browser':
      'This camera has an address of its own: a telephone cannot stand in for it.',
    'evacuation/room-has-no-door-count': 'No camera counts at the doors of this room.',
    'evacuation/incident-unknown': 'This incident does not exist.',
    'evacuation/incident-ended': 'This incident has already ended.',
    'evacuation/incident-active': 'This incident goes on: end it first.',
    'evacuation/cap-unknown': 'There is no such CAP message.',
    'evacuation/reason-missing': 'Give a reason of at least 10 characters.',
    'evacuation/finding-id-taken':
      'Another sweep has this number already. Enter again what you saw.',
    'evacuation/board-link-wrong':
      'This link opens no board, or it has expired. Ask for a new one.',
    'evacuation/board-link-unknown': 'This link does not exist or was taken back already.',
    'evacuation/moment-forgotten':
      'The server no longer knows what the camera counted then. Take a new moment.',
    'evacuation/moment-unknown': 'This moment does not exist, or no longer.',
    'evacuation/signature-wrong': 'The signature of the alarm signal is wrong.',
    'evacuation/purpose-locked':
      'Pictures of this building are kept for incidents. The count is still shown where it is allowed.',
    'audit/person-unknown':
      'Nothing here names this person. Give the user name, the whole name or the address as it stands.',
    'audit/person-ambiguous': 'Several accounts have this name. Give the user name.',
    'evacuation/alarm-input-unknown': 'This alarm input does not exist.',
    'evacuation/drill-unknown': 'This drill is no longer planned: it was started or cancelled.',
    'evacuation/drill-in-past': 'This hour is over: choose one to come.',
    'evacuation/drill-not-due': 'The hour of this drill has not come, or is over: change it.',
    'exports/subscription-unknown': 'This subscription does not exist, or no longer.',
    'exports/subscription-exists': 'A subscription already has this name.',
    'exports/not-acceptable': 'The server has no answer of this form.',
    'platform/route-unknown': 'The server does not know this address. It may be older.',
    'platform/data-folder-taken': 'The data folder is already in use.',
    'platform/database-taken': 'Another program uses the database.',
    'platform/key-wrong': 'The key is not the one of this database.',
    'platform/key-there': 'The key of this database is there.',
    'platform/port-taken': 'The port is already in use.',
    'platform/request-too-large': 'Too much was sent. Shorten it.',
    'platform/address-forbidden':
      'Nothing is sent to this address. Give another one, or name it in VIGIE_OUTGOING_ALLOW.',
    'platform/body-packed': 'What was sent is packed. Send it as it is.',
    'platform/too-many-requests': 'Too many requests from this address. Wait a minute.',
    'platform/database-failed': 'The database does not answer. Try again in a moment.',
    'platform/unavailable': 'The service does not answer. Try again in a moment.',
    'platform/bug': 'Something went wrong in the server. Its log says what.',
    'web/no-connection': 'The server cannot be reached. Check the network, then try again.',
    'web/answer-unreadable': 'The server’s answer cannot be read. Reload the page.',
    'web/passkey-silent': 'No passkey answered: the request was closed, or its time is over.',
    'web/unexpected': 'Something unexpected went wrong. Try again.',
  },
);
