/** Setting up a client of one's own, what Google's page may say, and carrying a sign-in to another device. */
export const signIn = {
  "setup.name": "Set up, step by step",
  "setup.desc":
    "Leads to a client of your own, by which this plugin shows Google who it is: free, in ten minutes. A phone needs none: on the computer where you are signed in, choose “Sign in on your phone”.",
  "setup.open": "Show the steps",
  "setup.title": "Your own Google client",
  "setup.intro":
    "Do the steps in order, all in one project. Each button opens the right page in your browser.",
  "setup.project": "Make a project",
  "setup.project-text": "Any name will do. No billing account is needed.",
  "setup.project-link": "Open “New project”",
  "setup.api": "Turn on the Photos Library API",
  "setup.api-text": "See that your project is chosen at the top of the page, then choose “Enable”.",
  "setup.api-link": "Open the Photos Library API",
  "setup.consent": "Fill in the consent screen",
  "setup.consent-text":
    "Choose “Get started”. Give any app name and your own e-mail address. As audience choose “External”.",
  "setup.consent-link": "Open the consent screen",
  "setup.publish": "Publish the app",
  "setup.publish-text":
    "Choose “Publish app”; you need no verification. In testing, Google ends your sign-in after seven days.",
  "setup.publish-link": "Open “Audience”",
  "setup.client": "Make the client",
  "setup.client-text":
    "Choose the type “Desktop app”. Then download the JSON file: Google shows the secret only once.",
  "setup.client-link": "Open “Create client”",
  "setup.bring": "Bring the client here",

  "scope.append": "Without permission to add to Google Photos, nothing can be backed up.",
  "scope.read": "Without permission to see what was added from here, nothing can be checked or restored.",
  "scope.edit": "Without permission to edit what was added from here, images cannot be put into albums.",
  "scope.email": "Without your e-mail address, nobody can say whose account it is.",
  "scope.ask-again": "Ask again",
  "scope.ask-again-text": "Ask again, and tick every box on Google’s page.",

  "signed-out.other-client": "The client has changed. Sign in again with the new one.",
  "signed-out.nobody": "Nobody is signed in on this device. Sign in first.",

  "test.works-but": "Google Photos answers, but not every permission was given.",

  "address.desc-here": "Only if the last page does not open: paste its address here.",
  "address.desc-phone":
    "The last page will not open. Paste its address here, or change its start to obsidian:// and open it.",

  "page.ask": "Google’s page showed an error",
  "page.title": "What did Google’s page say?",
  "page.intro": "You alone see Google’s page. Choose what it shows, and see what to do.",
  "page.test-user": "Access blocked, error 403: access_denied",
  "page.test-user-text":
    "The project is in testing, and you are not on its list. Publish the app, or add yourself as a test user.",
  "page.redirect": "Error 400: redirect_uri_mismatch",
  "page.redirect-text": "Make a client of the type “Desktop app”, and bring its JSON file here.",
  "page.admin": "Error 400: admin_policy_enforced, or blocked by an administrator",
  "page.admin-text": "Ask the administrator of your school or company, or sign in with a personal account.",
  "page.internal": "Error 403: org_internal",
  "page.internal-text":
    "The project is for one organization only. As audience choose “External”, or sign in with an account of that organization.",
  "page.deleted": "Error 401: deleted_client or invalid_client",
  "page.deleted-text": "Google does not have this client. Restore it within 30 days, or bring a new one.",
  "page.limit": "Error 403: rate_limit_exceeded",
  "page.limit-text":
    "An unverified app takes 100 accounts at most, a few a day. Try tomorrow, or make a new project.",
  "page.view": "Error 403: disallowed_useragent",
  "page.view-text": "Copy the page’s address, and open it in your own browser.",
  "page.unverified": "Google hasn’t verified this app",
  "page.unverified-text": "The app is your own. Choose “Advanced”, then the link under it.",
  "page.unreachable": "After I agreed, a page could not be opened",
  "page.unreachable-text":
    "Try again. When that page comes, copy its address into “Address from the browser”.",
  "page.closed": "Nothing, or I closed it",
  "page.closed-text": "Try again, and answer within ten minutes.",
  "page.open-clients": "Open “Clients”",

  "carry.name": "Sign in on your phone",
  "carry.desc": "Carries this sign-in to your phone or tablet. Nothing has to be set up there.",
  "carry.open": "Show code…",
  "carry.step-install": "Open this vault on the phone, with this plugin turned on.",
  "carry.step-scan": "Scan the picture with the phone’s camera, and let it open Obsidian.",
  "carry.step-type": "Type this code there:",
  "carry.picture": "QR code that carries the sign-in, locked",
  "carry.code": "Code: {code}",
  "carry.locked": "The picture is worth nothing without the code. Neither is kept.",
  "carry.busy": "Locking the sign-in…",
  "take-over.title": "Take over a sign-in",
  "take-over.text": "Type the code of twelve letters and digits that the other device shows.",
  "take-over.code": "Code",
  "take-over.busy": "Opening…",
} as const;
