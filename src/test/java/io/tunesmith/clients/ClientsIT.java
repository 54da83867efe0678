package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveService.Rest.class)
class ClientsIT {

    @Test
    void theClientsOfNpmAreTheOnesThatThePagesName() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.node("versions.mjs", service.environment(service.adminKey())).passed().out())
                .contains("openai 6.49.0", "@modelcontextprotocol/sdk 1.32.2", "@modelcontextprotocol/client 2.4.0", "reached true");
    }

    @Test
    void theClientsInPythonAreTheOnesThatThePagesName() throws Exception {
        assertThat(Client.python("versions.py", Map.of()).passed().out()).contains("openai 3.57.0", "mcp 2.3.0", "schemathesis 4.32.5");
    }
}
