package dev.agentassist.program;

import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Parts;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.TerminalPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code assist completion}: a real shell completes commands, options, their values and live names. */
class CompletionIT {

    /** Kept: a shell may still write its history when it was asked to end. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path home;

    private Program assist;

    @BeforeEach
    void program() {
        assist = new Program(home).with("XDG_CONFIG_HOME", null);
        ok(assist.run("config", "set", "region", "US", "--profile", "staging"));
    }

    /** Types a word's begin, presses the tabulator, and looks for the rest on the line. */
    private static void completes(TerminalPart shell, String typed, String completed) {
        var line = Pattern.compile("(?m)" + Pattern.quote(completed));
        // Again, because live names have a deadline, which a busy machine misses: then nothing is offered.
        Await.until(() -> "“" + typed + "” is completed; the screen shows\n" + String.join("\n", shell.screen()), Await.PATIENCE.multipliedBy(2), () -> {
            shell.press("C-u");
            shell.type(typed);
            shell.await("(?m)" + Pattern.quote(typed) + "$");
            shell.press("Tab");
            return appears(shell, line);
        });
    }

    private static boolean appears(TerminalPart shell, Pattern line) {
        try {
            Await.until(() -> "", Duration.ofSeconds(5), () -> line.matcher(String.join("\n", shell.screen())).find());
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static void everything(TerminalPart shell) {
        completes(shell, "assist insp", "assist inspect");
        completes(shell, "assist conversations exp", "assist conversations export");
        completes(shell, "assist token --no-c", "assist token --no-check");
        completes(shell, "assist conversations list --format jsonl --sta", "--format jsonl --status");
        completes(shell, "assist conversations list --status unan", "--status unanswered");
        completes(shell, "assist config show --profile sta", "--profile staging");
        completes(shell, "assist brief --demo conv_5", "assist brief --demo conv_5Sec");
        completes(shell, "assist brief --demo room:call-conv_6R", "room:call-conv_6Rt5bill");
    }

    @Test
    void bashCompletes() {
        try (var shell = TerminalPart.shell(100, 30, assist, "PS1='ok> ' exec bash --norc --noprofile -i")) {
            shell.await("ok>");
            shell.type("bind 'set enable-bracketed-paste off'; source <(assist completion bash); echo rea''dy");
            shell.press("Enter");
            shell.await("ready");
            everything(shell);
        }
    }

    @Test
    void zshCompletes() throws Exception {
        Parts.debian("zsh", "zsh");
        Path functions = Files.createDirectory(home.resolve("functions"));
        Files.writeString(functions.resolve("_assist"), ok(assist.run("completion", "zsh")));
        try (var shell = TerminalPart.shell(100, 30, assist, "PS1='ok> ' exec zsh -f -i")) {
            shell.await("ok>");
            shell.type("fpath=(" + functions + " $fpath); autoload -U compinit; compinit -u -D; echo rea''dy");
            shell.press("Enter");
            shell.await("ready");
            everything(shell);
        }
    }

    @Test
    void fishCompletes() throws Exception {
        Parts.debian("fish", "fish");
        Path folder = Files.createDirectories(home.resolve(".config/fish/completions"));
        Files.writeString(folder.resolve("assist.fish"), ok(assist.run("completion", "fish")));
        try (var shell = TerminalPart.shell(100, 30, assist, "exec fish --private -i")) {
            shell.await("[#>$]");
            shell.type("function fish_prompt; echo '$ '; end; set fish_autosuggestion_enabled 0; echo rea''dy");
            shell.press("Enter");
            shell.await("ready");
            everything(shell);
        }
    }

    @Test
    void anUnknownShellIsNamedAndNamesAreOfferedWithoutMakingAFile() throws Exception {
        refused(assist.run("completion", "powershell"), 2, "“powershell”");
        refused(assist.run("completion", "zhs"), 2, "Did you mean zsh?");
        assertEquals("", ok(assist.run("__complete", "conversations", "assist", "brief", "c")));
        assertEquals(false, Files.exists(home.resolve("data/agent-assist")), "asking makes no store");
    }
}
