namespace Relais.Changes;

/// <summary>
/// Changes of one tenant that were read together, in order; never empty. All watchers of the tenant on this node hold the same
/// one, so what is made of it is made once, by whoever needs it first.
/// </summary>
internal sealed class ChangeBatch(List<NumberedChange> changes)
{
    private readonly Lock once = new();
    private Task? made;

    public IReadOnlyList<NumberedChange> Changes => changes;

    /// <summary>What the first caller's <paramref name="make"/> gives, for everybody; it must not end with that caller's request.</summary>
    public Task<T> Once<T>(Func<IReadOnlyList<NumberedChange>, Task<T>> make)
    {
        lock (once)
        {
            made ??= make(changes);
        }

        return (Task<T>)made;
    }
}
