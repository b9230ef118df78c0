package dev.freshet.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reports acquisitions as agents do. Arguments: url, token. Commands: {@code begin A} makes an
 * acquisition with a grid, a grid square and a hundred foil holes; {@code fill A N THREADS} adds N
 * micrographs; {@code add A SECONDS THREADS RATE} adds micrographs for some time; {@code measure A
 * SECONDS THREADS RATE} sets results of its first micrographs, with the time as the number of
 * particles, which viewers see as {@code processing.metric}. The last three answer what {@link
 * Requests#repeat} does.
 */
public final class Microscope {
  private static final String JSON = "application/json";
  private static final int HOLES = 100;

  private final Requests requests;
  private final AtomicLong next = new AtomicLong();

  private Microscope(String[] args) {
    requests = new Requests(args[0], args[1]);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Microscope microscope = new Microscope(args);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(microscope.execute(line.split(" ", -1)));
    }
  }

  private String execute(String[] c) throws InterruptedException {
    String acquisition = c[1];
    return switch (c[0]) {
      case "begin" -> begin(acquisition);
      case "fill" -> fill(acquisition, Integer.parseInt(c[2]), Integer.parseInt(c[3]));
      case "add" -> run(c, () -> add(acquisition, "m" + next.getAndIncrement()));
      case "measure" -> run(c, () -> measure(acquisition));
      default -> "unknown";
    };
  }

  private String run(String[] c, Runnable call) throws InterruptedException {
    return requests.repeat(
        Double.parseDouble(c[2]), Integer.parseInt(c[3]), Double.parseDouble(c[4]), call);
  }

  private String begin(String a) {
    post("/acquisitions", "{'uuid':'" + a + "','name':'Load','instrument_id':'m1'}");
    post(
        "/acquisitions/" + a + "/grids",
        "{'uuid':'g-" + a + "','name':'G','acquisition_uuid':'" + a + "'}");
    post(
        "/grids/g-" + a + "/gridsquares",
        "{'uuid':'s-" + a + "','gridsquare_id':'1','grid_uuid':'g-" + a + "'}");
    StringBuilder holes = new StringBuilder("[");
    for (int i = 0; i < HOLES; i++) {
      holes
          .append(i == 0 ? "" : ",")
          .append("{'uuid':'" + hole(a, i) + "','foilhole_id':'" + i + "',")
          .append("'gridsquare_id':'1','gridsquare_uuid':'s-" + a + "'}");
    }
    post("/gridsquares/s-" + a + "/foilholes", holes.append(']').toString());
    add(a, "first-" + a);
    return "begun";
  }

  private static String hole(String acquisition, long number) {
    return "h" + number % HOLES + "-" + acquisition;
  }

  private String fill(String acquisition, int count, int threads) throws InterruptedException {
    AtomicLong left = new AtomicLong(count);
    Thread[] running = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      running[i] =
          Thread.ofVirtual()
              .start(() -> {
                while (left.getAndDecrement() > 0) add(acquisition, "m" + next.getAndIncrement());
              });
    }
    for (Thread thread : running) thread.join();
    return "filled";
  }

  private void add(String acquisition, String uuid) {
    post(
        "/foilholes/" + hole(acquisition, next.get()) + "/micrographs",
        "{'uuid':'"
            + uuid
            + "-"
            + acquisition
            + "','foilhole_id':'1','location_id':'1','high_res_path':'/data/"
            + uuid
            + ".mrc','acquisition_datetime':'2026-01-05T10:00:00Z','defocus':-1.8,"
            + "'energy_filter':true,'phase_plate':false,'image_size_x':4096,'image_size_y':4096,"
            + "'binning_x':1,'binning_y':1}");
  }

  private void measure(String acquisition) {
    requests.send(
        "PUT",
        "/micrographs/first-" + acquisition + "-" + acquisition,
        JSON,
        "{\"number_of_particles_picked\":" + Publisher.nowMicros() + "}",
        1);
  }

  private void post(String path, String body) {
    requests.send("POST", path, JSON, body.replace('\'', '"'), 1);
  }
}
