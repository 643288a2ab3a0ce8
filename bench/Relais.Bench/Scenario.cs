namespace Relais.Bench;

/// <summary>What is measured of whom.</summary>
internal enum SystemKind
{
    Relais = 1,

    /// <summary>Another program doing our work.</summary>
    Peer = 2,

    /// <summary>Checks and stores, and answers nobody.</summary>
    Ceiling = 3,

    /// <summary>The shortest pipeline that answers.</summary>
    Light = 4,
}

/// <summary>One load.</summary>
/// <param name="Name">As in the results.</param>
/// <param name="What">For people.</param>
/// <param name="For">Which systems it is put on.</param>
/// <param name="Arguments">Of <c>relais load</c>.</param>
internal sealed record Scenario(string Name, string What, IReadOnlyList<SystemKind> For, IReadOnlyList<string> Arguments)
{
    private static readonly SystemKind[] Relais = [SystemKind.Relais];
    private static readonly SystemKind[] Answering = [SystemKind.Relais, SystemKind.Peer, SystemKind.Light];
    private static readonly SystemKind[] Everyone = [.. Answering, SystemKind.Ceiling];

    /// <param name="quick">A third of the time.</param>
    public static IReadOnlyList<Scenario> All(bool quick)
    {
        var seconds = quick ? "4" : "15";
        return
        [
            new("full", "as fast as it goes, 32 connections", Everyone, ["--connections", "32", "--messages", quick ? "3000" : "10000"]),
            new("rate-50", "50 messages a second", Answering, ["--rate", "50", "--seconds", seconds]),
            new("rate-200", "200 messages a second", Answering, ["--rate", "200", "--seconds", seconds]),
            new("rate-1000", "1,000 messages a second", [SystemKind.Relais, SystemKind.Light], ["--rate", "1000", "--seconds", seconds]),
            new("provider-down", "100 messages a second, provider down 3 s of 10", [SystemKind.Relais, SystemKind.Peer],
                ["--rate", "100", "--seconds", quick ? "8" : "20", "--provider-down", "3/10"]),
            new("rate-300", "300 messages a second, what the flood is compared with", Relais, ["--rate", "300", "--seconds", seconds]),
            new("status-flood", "300 messages and 3,000 statuses a second", Relais, ["--rate", "300", "--status-rate", "3000", "--seconds", quick ? "6" : "60"]),
            new("slow-hang", "200 messages a second, the provider hangs for one customer", Relais, ["--rate", "200", "--seconds", seconds, "--slow-customer", "hang"]),
            new("slow-131056", "200 messages a second, one customer is throttled", Relais, ["--rate", "200", "--seconds", seconds, "--slow-customer", "131056"]),
            new("statuses-3", "as fast as it goes, three statuses reported for each reply", [SystemKind.Relais, SystemKind.Peer],
                ["--connections", "32", "--messages", quick ? "2000" : "6000", "--statuses", "3"]),
        ];
    }
}
