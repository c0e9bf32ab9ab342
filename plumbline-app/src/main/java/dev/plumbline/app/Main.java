package dev.plumbline.app;

import dev.plumbline.app.cli.CommandLineApp;

/** Entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandLineApp.run(args));
    }
}
