import { bool, double, int32, list, message, oneOf, string } from "../wire/proto-json";

/** The request messages of the Library API (fact sheet §10), for the strict parser. */
const albumPosition = message({
  position: oneOf("google.photos.library.v1.AlbumPosition.PositionType", [
    "POSITION_TYPE_UNSPECIFIED",
    "FIRST_IN_ALBUM",
    "LAST_IN_ALBUM",
    "AFTER_MEDIA_ITEM",
    "AFTER_ENRICHMENT_ITEM",
  ]),
  relativeMediaItemId: string,
  relativeEnrichmentItemId: string,
});

export const batchCreateRequest = message({
  albumId: string,
  albumPosition,
  newMediaItems: list(
    message({ description: string, simpleMediaItem: message({ fileName: string, uploadToken: string }) }),
  ),
});

const date = message({ year: int32, month: int32, day: int32 });

const category = oneOf("google.photos.library.v1.ContentCategory", [
  "NONE",
  "LANDSCAPES",
  "RECEIPTS",
  "CITYSCAPES",
  "LANDMARKS",
  "SELFIES",
  "PEOPLE",
  "PETS",
  "WEDDINGS",
  "BIRTHDAYS",
  "DOCUMENTS",
  "TRAVEL",
  "ANIMALS",
  "FOOD",
  "SPORT",
  "NIGHT",
  "PERFORMANCES",
  "WHITEBOARDS",
  "SCREENSHOTS",
  "UTILITY",
  "ARTS",
  "CRAFTS",
  "FASHION",
  "HOUSES",
  "GARDENS",
  "FLOWERS",
  "HOLIDAYS",
]);

export const searchRequest = message({
  albumId: string,
  pageSize: int32,
  pageToken: string,
  orderBy: string,
  filters: message({
    dateFilter: message({ dates: list(date), ranges: list(message({ startDate: date, endDate: date })) }),
    contentFilter: message({
      includedContentCategories: list(category),
      excludedContentCategories: list(category),
    }),
    mediaTypeFilter: message({
      mediaTypes: list(
        oneOf("google.photos.library.v1.MediaTypeFilter.MediaType", ["ALL_MEDIA", "VIDEO", "PHOTO"]),
      ),
    }),
    featureFilter: message({
      includedFeatures: list(oneOf("google.photos.library.v1.FeatureFilter.Feature", ["NONE", "FAVORITES"])),
    }),
    includeArchivedMedia: bool,
    excludeNonAppCreatedData: bool,
  }),
});

/** Output-only fields are taken and ignored, as clients send back what they were given. */
const albumMessage = message({
  id: string,
  title: string,
  productUrl: string,
  isWriteable: bool,
  mediaItemsCount: string,
  coverPhotoBaseUrl: string,
  coverPhotoMediaItemId: string,
});

export const createAlbumRequest = message({ album: albumMessage });
export const patchAlbumRequest = albumMessage;
export const itemIdsRequest = message({ mediaItemIds: list(string) });

export const patchItemRequest = message({
  id: string,
  description: string,
  productUrl: string,
  baseUrl: string,
  mimeType: string,
  filename: string,
});

const location = message({ locationName: string, latlng: message({ latitude: double, longitude: double }) });

export const addEnrichmentRequest = message({
  albumPosition,
  newEnrichmentItem: message({
    textEnrichment: message({ text: string }),
    locationEnrichment: message({ location }),
    mapEnrichment: message({ origin: location, destination: location }),
  }),
});

export type AlbumPosition = ReturnType<typeof albumPosition.read>;
export type SearchRequest = ReturnType<typeof searchRequest.read>;
export type BatchCreateRequest = ReturnType<typeof batchCreateRequest.read>;
