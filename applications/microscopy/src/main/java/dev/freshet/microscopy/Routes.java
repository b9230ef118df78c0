package dev.freshet.microscopy;

import static dev.freshet.microscopy.Kind.ATLAS_TILE;
import static dev.freshet.microscopy.Kind.FOILHOLE;
import static dev.freshet.microscopy.Kind.GRID;
import static dev.freshet.microscopy.Kind.GRIDSQUARE;
import static dev.freshet.microscopy.Kind.MICROGRAPH;

import dev.freshet.application.Operation;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What answers which route. */
final class Routes {
  private static final Set<Kind> WITH_ROUTES = EnumSet.complementOf(EnumSet.of(Kind.POSITION));
  private static final String SESSION = "/agent/{agent_id}/session/{session_id}";

  private final ApiDocument api;
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  Routes(ApiDocument api, Gates gates, Agents agents, Microscopy.Settings settings) {
    this.api = api;
    Shapes shapes = new Shapes(api);
    Edits edits = new Edits(gates);
    SessionEnd sessionEnd = new SessionEnd(agents, gates);
    Updating updating = new Updating(shapes, edits, new Relocation(gates, new SessionMove(agents)));
    Deletion deletion = new Deletion(gates, sessionEnd);
    for (Kind kind : WITH_ROUTES) entities(kind, updating, deletion);
    Creation creation = new Creation(shapes, gates);
    creation(creation);
    atlases(creation, new Linking(shapes, gates));
    processing(new Processing(edits, api), new Registration(edits));
    service(new Service(api));
    sessions(new Sessions(agents, gates, sessionEnd), new Instructions(agents));
    reports(new AgentReports(agents, settings.logBatch()), new ConnectionReports(agents));
  }

  /** By operation id. */
  Map<String, Operation> operations() {
    return operations;
  }

  private void route(String route, Operation operation) {
    operations.put(api.operationId(route), operation);
  }

  private void entities(Kind kind, Updating updating, Deletion deletion) {
    String all = "/" + kind.segment();
    String one = all + "/{" + kind.parameter() + "}";
    route("GET " + all, call -> Reading.all(call, kind));
    route("GET " + one, call -> Reading.one(call, kind));
    route("PUT " + one, call -> updating.put(call, kind));
    route("DELETE " + one, call -> deletion.entity(call, kind));
  }

  private void creation(Creation creation) {
    String grids = "/acquisitions/{acquisition_uuid}/grids";
    String squares = "/grids/{grid_uuid}/gridsquares";
    String holes = "/gridsquares/{gridsquare_uuid}/foilholes";
    String micrographs = "/foilholes/{foilhole_uuid}/micrographs";
    route("POST /acquisitions", creation::acquisition);
    route("GET /acquisitions/grid-counts", Reading::gridCounts);
    route("GET /acquisitions/{acquisition_uuid}/timeline", Reading::timeline);
    route("GET /acquisitions/{acquisition_uuid}/micrographs", Reading::newestMicrographs);
    route("GET " + grids, call -> Reading.children(call, GRID));
    route("POST " + grids, call -> creation.one(call, GRID));
    route("GET " + squares, call -> Reading.children(call, GRIDSQUARE));
    route("POST " + squares, call -> creation.one(call, GRIDSQUARE));
    route("POST " + squares + "/batch", call -> creation.batch(call, GRIDSQUARE));
    route("GET " + holes, Reading::foilHoles);
    route("POST " + holes, call -> creation.list(call, FOILHOLE));
    route("GET " + micrographs, call -> Reading.children(call, MICROGRAPH));
    route("POST " + micrographs, call -> creation.one(call, MICROGRAPH));
  }

  private void atlases(Creation creation, Linking linking) {
    String atlas = "/grids/{grid_uuid}/atlas";
    String tiles = "/atlases/{atlas_uuid}/tiles";
    String positions = "/atlas-tiles/{tile_uuid}/gridsquares";
    route("GET " + atlas, Reading::atlas);
    route("POST " + atlas, creation::atlas);
    route("GET " + tiles, call -> Reading.children(call, ATLAS_TILE));
    route("POST " + tiles, call -> creation.one(call, ATLAS_TILE));
    route("POST " + positions, linking::list);
    route("POST " + positions + "/{gridsquare_uuid}", linking::one);
  }

  private void processing(Processing processing, Registration registration) {
    String micrograph = "/micrographs/{micrograph_uuid}";
    route("POST /grids/{grid_uuid}/registered", registration::grid);
    route("POST /gridsquares/{gridsquare_uuid}/registered", registration::gridSquare);
    route("POST " + micrograph + "/motion_correction/completed", processing::motionCorrected);
    route("POST " + micrograph + "/ctf_estimation/completed", processing::ctfEstimated);
    for (String step : List.of("motion_correction", "ctf_estimation")) {
      route(
          "POST " + micrograph + "/" + step + "/registered", call -> processing.judged(call, step));
    }
  }

  private void sessions(Sessions sessions, Instructions instructions) {
    route("GET /debug/sessions", sessions::list);
    route("POST /debug/sessions/create", sessions::create);
    route("POST /debug/sessions/create-managed", sessions::createManaged);
    route("DELETE /debug/sessions/{session_id}/close", sessions::close);
    route("POST /debug/session/{session_id}/create-instruction", instructions::create);
    route("GET /debug/session/{session_id}/instructions", instructions::list);
    route("POST " + SESSION + "/instructions/{instruction_id}/ack", instructions::acknowledge);
  }

  private void reports(AgentReports reports, ConnectionReports connections) {
    route("POST " + SESSION + "/heartbeat", reports::heartbeat);
    route("POST " + SESSION + "/logs", reports::logs);
    route("GET /debug/agent-connections", connections::connections);
    route("GET /debug/connection-stats", connections::statistics);
  }

  private void service(Service service) {
    route("GET /version", service::version);
    route("GET /status", service::status);
    route("GET /health", service::health);
  }
}
