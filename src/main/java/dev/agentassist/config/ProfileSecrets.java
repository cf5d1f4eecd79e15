package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Fetches secrets from where the profile says they are. */
public final class ProfileSecrets implements SecretSource {

    /** More than any secret has; what is larger is not one. */
    static final int LARGEST = 64 * 1024;

    private final Places places;

    public ProfileSecrets(Places places) {
        this.places = places;
    }

    @Override
    public Optional<String> fetch(ConfigFile file, String profile, Key key) {
        return SecretPlace.find(file, profile, key, places).map(place -> switch (place) {
            case SecretPlace.InPlace p -> p.value();
            case SecretPlace.InFile p -> fromFile(p.path(), key);
            case SecretPlace.FromCommand p -> SecretCommand.run(p.words(), key.setting(), SecretCommand.TIMEOUT);
        });
    }

    private static String fromFile(Path path, Key key) {
        String what = "The file " + path + " for " + key.setting();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw Failure.badInput(what + " does not exist.", "Write the secret into it, or change " + key.setting() + SecretPlace.FILE_SUFFIX + ".");
        } catch (AccessDeniedException e) {
            throw Failure.notAllowed(what + " may not be read.", "Make it yours: it needs mode 600 and you as its owner.");
        } catch (IOException e) {
            throw new Failure(Problem.badInput(what + " cannot be read.", "Check that it is a file."), e);
        }
        String text = bytes.length > LARGEST ? "" : new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw Failure.badInput(
                    what + (bytes.length == 0 ? " is empty." : " is not one line of text."),
                    "It must hold the secret and nothing else.");
        }
        return text;
    }
}
