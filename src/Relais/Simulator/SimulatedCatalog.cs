namespace Relais.Simulator;

/// <summary>A Meta catalogue as Graph describes it.</summary>
/// <param name="Id">Its id at Meta.</param>
/// <param name="Name">Of the Commerce Manager.</param>
/// <param name="Products">How many it says it holds.</param>
internal sealed record SimulatedCatalog(string Id, string Name, int Products)
{
    /// <summary>There from the start.</summary>
    public static readonly SimulatedCatalog Usual = new("194836987003835", "Simulated catalogue", 24);

    /// <summary>The retailer ids it holds: a message with another one is refused. Null: every retailer id is taken.</summary>
    public IReadOnlySet<string>? Skus { get; init; }

    /// <summary>Whether the business account may send its products.</summary>
    public bool IsConnected { get; init; } = true;
}
