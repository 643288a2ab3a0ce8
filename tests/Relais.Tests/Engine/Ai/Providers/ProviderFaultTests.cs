using Microsoft.AspNetCore.Http;
using Relais.Engine;
using Relais.Engine.Ai.Providers;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.Ai.AgentStage;

namespace Relais.Tests.Engine.Ai.Providers;

/// <summary>Every way in which providers fail, over the wire, ends in the next one's answer, and with none left in the built-in agent's.</summary>
public sealed class ProviderFaultTests
{
    private const string Credit = """{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"credit_balance_exhausted"}}""";
    private const string Cap = """{"type":"error","error":{"type":"rate_limit_error","message":"cap","details":{"error_code":"enforced_spend_limit_reached"}}}""";
    private const string Slow = """[{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34s"}]}}]""";

    /// <summary>The first call is fine, and must not run for it.</summary>
    private const string BadArguments = """
        {"role":"assistant","content":null,"tool_calls":[
        {"id":"a","type":"function","function":{"name":"track_order","arguments":"{\"tracking_number\":\"TRK123456\"}"}},
        {"id":"b","type":"function","function":{"name":"track_order","arguments":"{\"tracking_number\": TRK"}}]}
        """;

    /// <summary>provider, fault, the word it gets, how often the provider is asked, whether the next turn leaves it alone.</summary>
    public static TheoryData<string, string, string, int, bool> Faults()
    {
        var data = new TheoryData<string, string, string, int, bool>();
        foreach (var provider in (string[])[ModelCatalogue.OpenAi, ModelCatalogue.Anthropic, ModelCatalogue.Gemini])
        {
            data.Add(provider, "401", "refused", 1, true);
            data.Add(provider, "404", "refused", 1, true);
            data.Add(provider, "400", "refused", 1, false);
            data.Add(provider, "429", "overloaded", 1, true);
            data.Add(provider, "429 soon", "overloaded", 2, true);
            data.Add(provider, "429 later", "overloaded", 1, true);
            data.Add(provider, "429 google", "overloaded", 1, true);
            data.Add(provider, "429 credit", "spend_limit", 1, true);
            data.Add(provider, "429 cap", "spend_limit", 1, true);
            data.Add(provider, "529", "overloaded", 2, true);
            data.Add(provider, "503", "overloaded", 2, true);
            data.Add(provider, "500", "overloaded", 1, true);
            data.Add(provider, "redirect", "refused", 1, false);
            data.Add(provider, "garbage", "broken", 1, false);
            data.Add(provider, "truncated", "broken", 1, false);
            data.Add(provider, "cut off", "broken", 1, false);
            data.Add(provider, "endless", "broken", 1, false);
            data.Add(provider, "hang", "timed_out", 1, true);
            data.Add(provider, "arguments", "broken", 1, false);
            data.Add(provider, "refusal", "declined", 1, false);
            data.Add(provider, "length", "broken", 1, false);
            data.Add(provider, "empty", "broken", 1, false);
        }

        return data;
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_ends_in_the_next_models_answer(string provider, string fault, string word, int asks, bool rests)
    {
        await using var bad = await FakeModelServer.Start((_, http) => Answer(provider, fault, http));
        await using var good = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        using var stage = new ModelStage();
        var (first, second) = (stage.Model(provider, bad.Url), stage.Model(ModelCatalogue.Compatible, good.Url));
        (await stage.Decide(Turn("Où est ma commande TRK123456 ?"), first, second)).ShouldBe(new Decision.Reply("Bonjour de loin"));
        stage.Calls.Select(c => c.Failure?.Word).ShouldBe([word, null]);
        bad.Asked.Count.ShouldBe(asks);
        stage.ToolRuns.ShouldBe(0);
        first.Rests.ShouldBe(rests);

        // With nobody left the built-in agent looks the order up and answers.
        (await stage.Decide(Turn("Où est ma commande TRK123456 ?"), stage.Model(provider, bad.Url)))
            .ShouldBeOfType<Decision.Reply>().Text.ShouldContain("TRK123456 est expédiée");
    }

    private static Task Answer(string provider, string fault, HttpContext http)
    {
        var isAnthropic = provider == ModelCatalogue.Anthropic;
        var text = isAnthropic ? WireAnswers.AnthropicText : WireAnswers.OpenAiText;
        return fault switch
        {
            "429 soon" => FakeModelServer.Json(http, 429, Error("rate_limit_exceeded"), "0"),
            "429 later" => FakeModelServer.Json(http, 429, Error("rate_limit_exceeded"), "60"),
            "429 google" => FakeModelServer.Json(http, 429, Slow),
            "429 credit" => FakeModelServer.Json(http, 429, Credit, "0"),
            "429 cap" => FakeModelServer.Json(http, 429, Cap),
            "529" or "503" => FakeModelServer.Json(http, int.Parse(fault, null), Error("overloaded_error"), "0"),
            "redirect" => Redirect(http),
            "garbage" => FakeModelServer.Json(http, 200, "<html>Bad gateway</html>"),
            "truncated" => FakeModelServer.Json(http, 200, text[..(text.Length / 2)]),
            "cut off" => CutOff(http, text),
            "endless" => Endless(http, text),
            "hang" => Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
            "arguments" => FakeModelServer.Json(http, 200, isAnthropic
                ? WireAnswers.Anthropic("""{"type":"tool_use","id":"t1","name":"track_order","input":["TRK123456"]}""", "tool_use")
                : WireAnswers.OpenAi(BadArguments, "tool_calls")),
            "refusal" => FakeModelServer.Json(http, 200, isAnthropic
                ? WireAnswers.Anthropic("", "refusal")
                : WireAnswers.OpenAi("""{"role":"assistant","content":null,"refusal":"I can't help with that."}""")),
            "length" => FakeModelServer.Json(http, 200, isAnthropic
                ? WireAnswers.Anthropic("""{"type":"text","text":"Votre comm"}""", "max_tokens")
                : WireAnswers.OpenAi("""{"role":"assistant","content":"Votre comm"}""", "length")),
            "empty" => FakeModelServer.Json(http, 200, isAnthropic
                ? WireAnswers.Anthropic("", "end_turn") : WireAnswers.OpenAi("""{"role":"assistant","content":""}""")),
            _ => FakeModelServer.Json(http, int.Parse(fault, null), Error("some_error")),
        };
    }

    private static string Error(string type) => $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"no","code":"{{{type}}}"}}""";

    private static Task Redirect(HttpContext http)
    {
        http.Response.Redirect("http://127.0.0.1:1/elsewhere");
        return Task.CompletedTask;
    }

    private static async Task CutOff(HttpContext http, string text)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = text.Length * 2;
        await http.Response.WriteAsync(text);
        await http.Response.Body.FlushAsync();

        // What is reset at once never reaches the reader.
        await Task.Delay(200);
        http.Abort();
    }

    private static async Task Endless(HttpContext http, string text)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(text);
        var spaces = new byte[64 * 1024];
        Array.Fill(spaces, (byte)' ');
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.Body.WriteAsync(spaces, http.RequestAborted);
        }
    }
}
