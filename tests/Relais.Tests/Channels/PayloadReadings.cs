using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Channels.Twilio;
using Relais.Tests.Architecture;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

/// <summary>
/// What every wire shape of Payloads/ is read as, kept beside it as <c>*.reading.json</c>. RELAIS_APPROVE=1 writes them anew; the
/// difference is what a change of a reader means.
/// </summary>
public sealed class PayloadReadings
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Meta => Files("meta", "*.json");

    public static TheoryData<string> Twilio => [.. Files("twilio", "*.form"), .. Files("twilio", "*.json")];

    [Theory, MemberData(nameof(Meta))]
    public void Meta_is_read_as_approved(string file) => IsAsApproved("meta", file, MetaReader.Read(Body("meta", file)));

    [Theory, MemberData(nameof(Twilio))]
    public void Twilio_is_read_as_approved(string file) => IsAsApproved("twilio", file, TwilioReader.Read(new VerifiedWebhook(
        file.StartsWith("status-", StringComparison.Ordinal) ? WebhookKind.TwilioStatus : WebhookKind.TwilioMessage,
        Body("twilio", file), file.EndsWith(".json", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded", "")));

    [Fact]
    public void No_reading_is_left_of_a_shape_that_is_gone()
    {
        foreach (var folder in (string[])["meta", "twilio"])
        {
            var all = Directory.GetFiles(Folder(folder)).Select(f => Path.GetFileName(f)!).ToHashSet();
            all.Where(f => f.EndsWith(".reading.json", StringComparison.Ordinal)).Select(f => f[..^".reading.json".Length])
                .Where(shape => !all.Contains($"{shape}.json") && !all.Contains($"{shape}.form")).ShouldBeEmpty();
        }
    }

    private static void IsAsApproved(string provider, string file, WebhookReading reading)
    {
        var events = new JsonArray([.. reading.Events.Select(Shown)]);
        var shown = new JsonObject { ["events"] = events };
        if (reading.Problem is { } problem)
        {
            shown["problem"] = problem;
        }

        var name = $"{Path.GetFileNameWithoutExtension(file)}.reading.json";
        Approved.MatchesFile(Path.Combine("tests", "Relais.Tests", "Payloads", provider, name), shown.ToJsonString(Indented));
    }

    private static JsonNode Shown(ChannelEvent found)
    {
        var shown = JsonSerializer.SerializeToNode(found, found.GetType(), ContentJson.Options)!.AsObject();
        if (shown["message"]?["raw"] is not null)
        {
            shown["message"]!["raw"] = "(kept)";
        }

        if (found is ChannelEvent.StatusReported reported)
        {
            shown["status"]!["status"] = reported.Status.Status.ToString();
        }

        shown.Insert(0, "event", found.GetType().Name);
        return shown;
    }

    private static TheoryData<string> Files(string provider, string pattern) =>
        [.. Directory.GetFiles(Folder(provider), pattern).Select(f => Path.GetFileName(f)!)
            .Where(f => !f.EndsWith(".reading.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static byte[] Body(string provider, string file) => File.ReadAllBytes(Path.Combine(Folder(provider), file));

    private static string Folder(string provider) => Path.Combine(Relais.Tests.Support.Repository.Root, "tests", "Relais.Tests", "Payloads", provider);
}
