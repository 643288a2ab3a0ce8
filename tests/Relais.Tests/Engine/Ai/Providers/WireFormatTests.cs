using System.Text.Json.Nodes;
using Relais.Engine;
using Relais.Engine.Ai.Providers;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.Ai.AgentStage;

namespace Relais.Tests.Engine.Ai.Providers;

/// <summary>The real adapters against servers that look at every byte: a turn with two tool calls at once, and its end.</summary>
public sealed class WireFormatTests
{
    [Fact]
    public async Task OpenAi_is_asked_in_its_own_format()
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiTwoCalls, WireAnswers.OpenAiText);
        using var stage = new ModelStage();
        var model = stage.Model(ModelCatalogue.OpenAi, new Uri(server.Url, "v1/"), "gpt-6-luna");
        (await stage.Decide(Turn("Où est TRK123456 ? Et la livraison ?"), model)).ShouldBe(new Decision.Reply("Bonjour de loin"));

        var (first, second) = (server.Asked[0], server.Asked[1]);
        first.Path.ShouldBe("/v1/chat/completions");
        first.Headers["Authorization"].ShouldBe("Bearer sk-secret-1");
        Text(first.Body, "model").ShouldBe("gpt-6-luna");
        Text(first.Body, "reasoning_effort").ShouldBe("none");
        ((int)first.Body["max_completion_tokens"]!).ShouldBe(1000);
        first.Body["max_tokens"].ShouldBeNull();
        first.Body["temperature"].ShouldBeNull();
        Roles(first.Body).ShouldBe(["system", "user"]);
        var tool = first.Body["tools"]![0]!;
        Text(tool, "type").ShouldBe("function");
        Text(tool["function"]!, "name").ShouldBe("track_order");
        Text(tool["function"]!["parameters"]!, "type").ShouldBe("object");

        Roles(second.Body).ShouldBe(["system", "user", "assistant", "tool", "tool"]);
        var messages = second.Body["messages"]!;
        messages[2]!["tool_calls"]!.AsArray().Select(c => Text(c!, "id")).ShouldBe(["call_a", "call_b"]);
        Text(messages[2]!["tool_calls"]![0]!["function"]!, "arguments").ShouldBe("""{"tracking_number":"TRK123456"}""");
        Text(messages[3]!, "tool_call_id").ShouldBe("call_a");
        Text(messages[3]!, "content").ShouldContain("Yalidine");
        Text(messages[4]!, "tool_call_id").ShouldBe("call_b");
        stage.Calls.Sum(c => c.CostMicros).ShouldBe(202);
    }

    [Fact]
    public async Task Gemini_gets_its_thought_signature_back_and_the_old_name_of_the_bound()
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiTwoCalls, WireAnswers.OpenAiText);
        using var stage = new ModelStage();
        var model = stage.Model(ModelCatalogue.Gemini, new Uri(server.Url, "v1beta/openai/"), "gemini-3.5-flash-lite", temperature: 0.5);
        (await stage.Decide(Turn("Où est TRK123456 ?"), model)).ShouldBe(new Decision.Reply("Bonjour de loin"));

        server.Asked[0].Path.ShouldBe("/v1beta/openai/chat/completions");
        server.Asked[0].Headers["Authorization"].ShouldBe("Bearer sk-secret-1");
        ((int)server.Asked[0].Body["max_tokens"]!).ShouldBe(1000);
        ((double)server.Asked[0].Body["temperature"]!).ShouldBe(0.5);
        server.Asked[0].Body["reasoning_effort"].ShouldBeNull();
        var calls = server.Asked[1].Body["messages"]![2]!["tool_calls"]!;
        Text(calls[0]!["extra_content"]!["google"]!, "thought_signature").ShouldBe("c2lnbg==");
        calls[1]!["extra_content"].ShouldBeNull();
    }

    [Fact]
    public async Task Anthropic_gets_the_prompt_at_the_top_and_all_results_in_one_message()
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.AnthropicTwoCalls, WireAnswers.AnthropicText);
        using var stage = new ModelStage();
        var model = stage.Model(ModelCatalogue.Anthropic, server.Url, "claude-haiku-5-5");
        (await stage.Decide(Turn("Où est TRK123456 ? Et la livraison ?"), model)).ShouldBe(new Decision.Reply("Bonjour de loin"));

        var (first, second) = (server.Asked[0], server.Asked[1]);
        first.Path.ShouldBe("/v1/messages");
        first.Headers["x-api-key"].ShouldBe("sk-secret-1");
        first.Headers["Authorization"].ShouldBe("Bearer sk-secret-1");

        // What version 13.11 of the package speaks; a new one here wants its changes read.
        first.Headers["anthropic-version"].ShouldBe("2026-10-21");
        Text(first.Body, "model").ShouldBe("claude-haiku-5-5");
        ((int)first.Body["max_tokens"]!).ShouldBe(1000);
        first.Body["temperature"].ShouldBeNull();
        first.Body["system"]!.ToJsonString().ShouldContain("WhatsApp assistant");
        Roles(first.Body).ShouldBe(["user"]);
        Text(first.Body["tools"]![0]!, "name").ShouldBe("track_order");
        Text(first.Body["tools"]![0]!["input_schema"]!, "type").ShouldBe("object");

        Roles(second.Body).ShouldBe(["user", "assistant", "user"]);
        var said = second.Body["messages"]![1]!["content"]!.AsArray();
        said.Select(b => Text(b!, "type")).ShouldBe(["thinking", "tool_use", "tool_use"]);
        Text(said[0]!, "signature").ShouldBe("c2lnbg==");
        var results = second.Body["messages"]![2]!["content"]!.AsArray();
        results.Select(b => Text(b!, "type")).ShouldBe(["tool_result", "tool_result"]);
        results.Select(b => Text(b!, "tool_use_id")).ShouldBe(["toolu_a", "toolu_b"]);
        results[0]!.ToJsonString().ShouldContain("Yalidine");
        stage.Calls.Sum(c => c.CostMicros).ShouldBe(202);
    }

    private static string Text(JsonNode of, string name) => (string)of[name]!;

    private static IEnumerable<string> Roles(JsonNode body) => body["messages"]!.AsArray().Select(m => Text(m!, "role"));
}
