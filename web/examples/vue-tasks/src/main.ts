import { createFreshet } from "@freshet/vue";
import { VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";
import App from "./App.vue";
import { signOut, token } from "./session";
import "./style.css";

createApp(App)
  .use(VueQueryPlugin)
  .use(
    createFreshet({
      server: { url: "/", token: () => token.value ?? "" },
      onSignOut: signOut,
    }),
  )
  .mount("#app");
