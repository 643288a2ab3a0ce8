using System.Globalization;
using System.Text;
using Relais.Engine.Flows;
using Relais.Engine.Flows.Testing;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>
/// System B's two bots, written anew for a dealer that does not exist: <c>showroom.json</c> runs here, in three languages;
/// <c>showroom-studio.json</c> is for owners who keep their flow in Twilio Studio and tell the desk of each step.
/// </summary>
internal sealed class SampleFlows(Database database, MediaFiles files, Ids ids, Clock clock)
{
    /// <summary>Where the brochure's media_id goes.</summary>
    private const string BrochurePlace = "@brochure";

    /// <summary>Started by these words in the demo; they also start it over.</summary>
    public static readonly FlowSettings Settings = new()
    {
        Triggers = [new FlowTrigger("keyword") { Words = ["mercedes", "menu", "مرسيدس", "قائمة"] }],
        RestartWords = ["menu", "mercedes", "قائمة"],
        ExitWords = ["fin", "quitter", "exit", "خروج"],
    };

    public static byte[] Brochure => Read("brochure.pdf");

    /// <summary>Name of the brochure as customers get it.</summary>
    public const string BrochureName = "brochure.pdf";

    /// <param name="brochure">media_id of the brochure; null: the text that goes with it alone.</param>
    public static string Showroom(long? brochure) =>
        Encoding.UTF8.GetString(Read("showroom.json")).Replace(BrochurePlace, brochure?.ToString(CultureInfo.InvariantCulture) ?? "", StringComparison.Ordinal);

    public static string InStudio => Encoding.UTF8.GetString(Read("showroom-studio.json"));

    /// <summary>Conversations that have to come out so before it is published anew: name and script (Testing/FlowScript).</summary>
    public static IReadOnlyList<(string Name, string Script)> Tests { get; } =
    [
        ("Rendez-vous à l'atelier", """
            {"messages":["mercedes",{"choice":"after_sales"},"oui","Sara El Amrani","pas une adresse","Sara@Exemple.MA","2099-03-25",{"choice":"confirm"}],
             "expects":[{"says":"Cette adresse ne semble pas complète"},{"says":"nous vous attendons le 25/03/2099"},{"step":"booked"},{"ended":true},
              {"handed_off":false},{"variables":{"name":"Sara El Amrani","email":"sara@exemple.ma","date":"2099-03-25"}}]}
            """),
        ("Brochure, puis un conseiller", """
            {"messages":["menu","4",{"choice":"advisor"}],
             "expects":[{"says":"brochure"},{"step":"advisor"},{"says":"Un conseiller prend la suite"},{"handed_off":true}]}
            """),
    ];

    /// <summary>Gives a tenant both, unless it has flows already: the showroom published with its brochure and tests, the other as a draft.</summary>
    public async Task Fill(long tenantId, CancellationToken cancel)
    {
        if (await database.Read(Scope.Tenant(tenantId), tx => FlowStore.Count(tx, tenantId), cancel) > 0)
        {
            return;
        }

        await using var pending = files.Begin();
        await pending.WriteAsync(Brochure, cancel);
        var size = Brochure.Length;
        var sha = await files.Keep(pending, cancel);
        var range = await ids.Take(3 + Tests.Count, cancel);
        var now = clock.Micros;
        await database.Write(Scope.Tenant(tenantId), async tx =>
        {
            range.Rewind();
            if (await FlowStore.Count(tx, tenantId) > 0)
            {
                return;
            }

            var brochure = await MediaStore.Upload(tx, tenantId, range.Next(), "document", BrochureName, sha, "application/pdf", size, now);
            var showroom = Flow(tenantId, range.Next(), "Showroom", Showroom(brochure), Settings, now);
            await FlowStore.Insert(tx, showroom);
            var author = await tx.QueryFirst<long>("SELECT coalesce(min(agent_id), 0) FROM membership WHERE tenant_id = @tenantId", new { tenantId });
            var version = await FlowVersionStore.Add(tx, tenantId, showroom.Id, showroom.Draft, null, author, now);
            await FlowStore.Use(tx, tenantId, showroom.Id, version, now);
            foreach (var (name, script) in Tests)
            {
                await FlowTestStore.Insert(tx, new StoredFlowTest
                {
                    TenantId = tenantId, Id = range.Next(), FlowId = showroom.Id, Name = name, Script = FlowScript.Read(script).ToJson(), CreatedAt = now, UpdatedAt = now,
                });
            }

            await FlowStore.Insert(tx, Flow(tenantId, range.Next(), "Showroom (Twilio Studio)", InStudio, new FlowSettings(), now));
        }, cancel);
    }

    private static StoredFlow Flow(long tenantId, long id, string name, string draft, FlowSettings settings, long now) => new()
    {
        TenantId = tenantId, Id = id, Name = name, Sid = FlowSid.Make(), Draft = draft, DraftRevision = 1, Settings = settings.ToJson(), CreatedAt = now,
        UpdatedAt = now,
    };

    private static byte[] Read(string file)
    {
        using var stream = typeof(SampleFlows).Assembly.GetManifestResourceStream($"Relais.Engine.Flows.Samples.{file}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
