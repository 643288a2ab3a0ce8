using System.Text.Json;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

public sealed class LogTests
{
    [Fact]
    public async Task The_log_is_one_json_object_a_line_and_tells_no_text_number_or_token()
    {
        await using var relais = await RelaisProcess.Create(DatabaseKind.Sqlite);
        relais.Set("RELAIS_LOG", "information");
        await relais.Start();
        var (simulator, meta) = (relais.Provider.Simulator, relais.Provider.Meta);
        (await simulator.Phone("+33655550199", "Canari").Say(meta, "canari-7f3a\nligne deux")).Taken.ShouldBeTrue();
        await simulator.NextSend("+33655550199", TimeSpan.FromSeconds(20));
        var forged = await simulator.Phone("+33655550199").SendRaw(meta, "canari-7f3a"u8.ToArray(), signature: "sha256=00");
        forged.Taken.ShouldBeFalse();
        await Eventually.Holds(() => Task.FromResult(relais.Output.Contains("refused", StringComparison.Ordinal)), "the refusal is logged");

        var lines = relais.Output.Split('\n').Where(line => line.StartsWith('{')).ToList();
        lines.Count.ShouldBeGreaterThan(3);
        lines.ShouldAllBe(line => JsonDocument.Parse(line, default).RootElement.ValueKind == JsonValueKind.Object);
        lines.ShouldContain(line => line.Contains("area=whatsapp", StringComparison.Ordinal));
        foreach (var secret in (string[])["canari-7f3a", "33655550199", meta.Secret, meta.AccessToken, relais.Provider.Twilio.Secret])
        {
            lines.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
        }
    }
}
