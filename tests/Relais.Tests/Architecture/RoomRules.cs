using Shouldly;
using Xunit;

namespace Relais.Tests.Architecture;

/// <summary>
/// "Rooms, exactly" (ARCHITECTURE.md): Foundation ← Storage ← Changes ← the facts ← Outbox ← the deciders ← Intake. Rooms of
/// one line do not use each other.
/// </summary>
public sealed class RoomRules
{
    private static readonly string[] Ground = ["Foundation", "Storage", "Changes", "Errors"];
    private static readonly string[] Facts = ["Tenants", "Inboxes", "Conversations", "Media", "Templates", "Knowledge", "Commerce"];
    private static readonly string[] Deciders = ["Engine", "Desk", "FollowUps", "Campaigns", "Imports", "Subscriptions"];
    private static readonly string[] SeeAll = ["Commands", "Health"];

    private static readonly Dictionary<string, string[]> MayUse = Rules();

    [Fact]
    public void Every_room_is_on_the_map()
    {
        var unknown = RelaisAssembly.Types.Select(RelaisAssembly.Room).Where(room => room.Length > 0).Distinct()
            .Except(MayUse.Keys).Except(SeeAll);
        unknown.ShouldBeEmpty("a new room needs its place in mechanisms.md and here");
    }

    [Fact]
    public void No_room_uses_one_above_or_beside_it()
    {
        var edges = (
            from type in RelaisAssembly.Types
            let room = RelaisAssembly.Room(type)
            where MayUse.ContainsKey(room)
            from used in RelaisAssembly.Uses(type)
            let other = RelaisAssembly.Room(used)
            where other.Length > 0 && other != room
            select (room, other, Named: $"{RelaisAssembly.Outermost(type).FullName} → {RelaisAssembly.Outermost(used).FullName}")).Distinct().ToList();
        edges.Where(e => !MayUse[e.room].Contains(e.other)).Select(e => e.Named).Order(StringComparer.Ordinal).ShouldBeEmpty();
        edges.Select(e => e.Named).ShouldContain(
            "Relais.Outbox.ParkedStatusSweeper → Relais.Conversations.StatusStore", "or this test is blind to calls in async methods");
    }

    [Fact]
    public void The_router_and_the_flows_name_neither_storage_nor_network()
    {
        string[] storageAndNetwork =
        [
            "Relais.Storage", "Relais.Outbox", "Relais.Channels", "System.Net", "System.Data", "System.IO", "Npgsql", "Microsoft.Data", "Dapper",
            "Microsoft.AspNetCore", "Polly",
        ];

        // What flows are kept in, spoken to and joined to turns through; everything else of theirs decides, in Channels' words for what is said.
        string[] doors = ["Store", "Api", "Module", "Request", "Directory", "Fetcher", "Turns", "Starts", "Contacts", "Bench"];
        string[] words = ["Relais.Channels.OutboundContent", "Relais.Channels.Choice", "Relais.Channels.ChoiceLayout", "Relais.Channels.PhoneNumbers", "Relais.Channels.SenderIdentity"];
        string[] pure = ["System.IO.Path", "System.Net.WebUtility", "System.Net.Mail.MailAddress"];
        var violations =
            from type in RelaisAssembly.Types
            let owner = RelaisAssembly.Outermost(type)
            where owner.FullName == "Relais.Engine.Router"
                || (owner.Namespace.StartsWith("Relais.Engine.Flows", StringComparison.Ordinal) && !doors.Any(d => owner.Name.EndsWith(d, StringComparison.Ordinal)))
            from used in RelaisAssembly.Uses(type)
            let name = RelaisAssembly.Outermost(used).FullName
            where (storageAndNetwork.Any(banned => name.StartsWith(banned + ".", StringComparison.Ordinal)) || name.EndsWith("Store", StringComparison.Ordinal))
                && !pure.Contains(name) && !(owner.FullName != "Relais.Engine.Router" && words.Contains(name))
            select $"{owner.FullName} → {name}";
        violations.Distinct().ShouldBeEmpty("they decide, and someone else carries it out");
        RelaisAssembly.Types.ShouldContain(t => t.FullName == "Relais.Engine.Router", "or this test looks at nothing");
    }

    [Fact]
    public void No_type_is_named_after_nothing_in_particular()
    {
        string[] banned = ["Manager", "Service", "Helper", "Helpers", "Util", "Utils", "Impl", "Base", "Common", "Processor"];
        RelaisAssembly.Types.Where(t => RelaisAssembly.Room(t).Length > 0 && !t.Name.Contains('<', StringComparison.Ordinal))
            .Select(t => t.Name.Split('`')[0]).Where(name => banned.Any(b => name.EndsWith(b, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    private static Dictionary<string, string[]> Rules()
    {
        var rules = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["Foundation"] = [],
            ["Storage"] = ["Foundation"],
            ["Changes"] = ["Foundation", "Storage"],
            ["Errors"] = ["Foundation", "Storage", "Changes"],
            ["Channels"] = ["Foundation"],
            ["WebConsole"] = ["Foundation"],
            ["FeatureRequests"] = [.. Ground, "Tenants"],
            ["Simulator"] = ["Foundation"],
            ["Load"] = ["Foundation", "Simulator"],
            ["Backups"] = ["Foundation", "Storage", "Media"],
            ["Outbox"] = [.. Ground, .. Facts, "Channels"],
            ["Intake"] = [.. Ground, .. Facts, "Outbox", .. Deciders, "Channels"],
        };
        // What messages cost is reckoned as a campaign's is.
        rules["Platform"] = [.. Ground, .. Facts, "Outbox", "Health", "Campaigns"];
        // Tools for assistants: each is a request to the API, so it knows no room that answers one.
        rules["Mcp"] = ["Foundation", "Storage", "Tenants"];

        // What everybody wrote, counted; the board shows how the numbers are.
        rules["Reports"] = [.. Ground, .. Facts, "Outbox", "Channels", "Health"];
        foreach (var room in Facts)
        {
            // A slice's own routes ask who is signed in (ADR 0019).
            rules[room] = room == "Tenants" ? Ground : [.. Ground, "Tenants"];
        }

        foreach (var room in Deciders)
        {
            rules[room] = [.. Ground, .. Facts, "Outbox"];
        }

        // They ask the provider with the keys of an inbox.
        foreach (var room in (string[])["Media", "Templates"])
        {
            rules[room] = [.. rules[room], "Inboxes"];
        }

        // What is sent and received is named in Channels' words (OutboundContent), and a slice may ask its provider.
        foreach (var room in (string[])["Engine", "Desk", "FollowUps", "Campaigns", "Imports", "Inboxes", "Media", "Templates", "Commerce"])
        {
            rules[room] = [.. rules[room], "Channels"];
        }

        // It asks the models and reads what the agent would.
        rules["FollowUps"] = [.. rules["FollowUps"], "Engine"];
        return rules;
    }
}
