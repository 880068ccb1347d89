/**
 * The Library API's discovery document, written from fact sheet §10: what Google's own client library builds its
 * methods from. The service has published none since 2024; this one says what is alive of it.
 */

interface Method {
  verb: "GET" | "POST" | "PATCH";
  path: string;
  /** Names in the path, then in the query; a `*` after one means it may repeat. */
  pathNames?: string[];
  query?: string[];
  request?: string;
  response?: string;
}

const paging = ["pageSize", "pageToken"];

const resources: Record<string, Record<string, Method>> = {
  mediaItems: {
    batchCreate: {
      verb: "POST",
      path: "v1/mediaItems:batchCreate",
      request: "BatchCreateMediaItemsRequest",
      response: "BatchCreateMediaItemsResponse",
    },
    batchGet: {
      verb: "GET",
      path: "v1/mediaItems:batchGet",
      query: ["mediaItemIds*"],
      response: "BatchGetMediaItemsResponse",
    },
    get: {
      verb: "GET",
      path: "v1/mediaItems/{+mediaItemId}",
      pathNames: ["mediaItemId"],
      response: "MediaItem",
    },
    list: { verb: "GET", path: "v1/mediaItems", query: paging, response: "ListMediaItemsResponse" },
    patch: {
      verb: "PATCH",
      path: "v1/mediaItems/{+id}",
      pathNames: ["id"],
      query: ["updateMask"],
      request: "MediaItem",
      response: "MediaItem",
    },
    search: {
      verb: "POST",
      path: "v1/mediaItems:search",
      request: "SearchMediaItemsRequest",
      response: "SearchMediaItemsResponse",
    },
  },
  albums: {
    addEnrichment: {
      verb: "POST",
      path: "v1/albums/{+albumId}:addEnrichment",
      pathNames: ["albumId"],
      request: "AddEnrichmentToAlbumRequest",
      response: "AddEnrichmentToAlbumResponse",
    },
    batchAddMediaItems: {
      verb: "POST",
      path: "v1/albums/{+albumId}:batchAddMediaItems",
      pathNames: ["albumId"],
      request: "BatchAddMediaItemsToAlbumRequest",
    },
    batchRemoveMediaItems: {
      verb: "POST",
      path: "v1/albums/{+albumId}:batchRemoveMediaItems",
      pathNames: ["albumId"],
      request: "BatchRemoveMediaItemsFromAlbumRequest",
    },
    create: { verb: "POST", path: "v1/albums", request: "CreateAlbumRequest", response: "Album" },
    get: { verb: "GET", path: "v1/albums/{+albumId}", pathNames: ["albumId"], response: "Album" },
    list: {
      verb: "GET",
      path: "v1/albums",
      query: [...paging, "excludeNonAppCreatedData"],
      response: "ListAlbumsResponse",
    },
    patch: {
      verb: "PATCH",
      path: "v1/albums/{+id}",
      pathNames: ["id"],
      query: ["updateMask"],
      request: "Album",
      response: "Album",
    },
  },
};

const types: Record<string, { type: string; format?: string }> = {
  pageSize: { type: "integer", format: "int32" },
  excludeNonAppCreatedData: { type: "boolean" },
  updateMask: { type: "string", format: "google-fieldmask" },
};

function methodDocument(id: string, method: Method): Record<string, unknown> {
  const { verb, path, pathNames = [], query = [], request, response } = method;
  const inQuery = query.map((name) => {
    const bare = name.replace("*", "");
    const repeated = bare === name ? {} : { repeated: true };
    return [bare, { location: "query", type: "string", ...types[bare], ...repeated }] as const;
  });
  const inPath = pathNames.map(
    (name) => [name, { location: "path", required: true, type: "string" }] as const,
  );
  return {
    id: `photoslibrary.${id}`,
    httpMethod: verb,
    path,
    parameterOrder: pathNames,
    parameters: Object.fromEntries([...inPath, ...inQuery]),
    ...(request === undefined ? {} : { request: { $ref: request } }),
    ...(response === undefined ? {} : { response: { $ref: response } }),
  };
}

/** The document as it is served under `/$discovery/rest`, with this origin as the API's root. */
export function libraryDiscovery(origin: string): Record<string, unknown> {
  const methodsOf = (resource: string, methods: Record<string, Method>): Record<string, unknown> => ({
    methods: Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [name, methodDocument(`${resource}.${name}`, method)]),
    ),
  });
  return {
    kind: "discovery#restDescription",
    discoveryVersion: "v1",
    id: "photoslibrary:v1",
    name: "photoslibrary",
    version: "v1",
    title: "Photos Library API",
    protocol: "rest",
    rootUrl: `${origin}/`,
    servicePath: "",
    baseUrl: `${origin}/`,
    batchPath: "batch",
    parameters: {},
    schemas: {},
    resources: Object.fromEntries(
      Object.entries(resources).map(([name, methods]) => [name, methodsOf(name, methods)]),
    ),
  };
}
