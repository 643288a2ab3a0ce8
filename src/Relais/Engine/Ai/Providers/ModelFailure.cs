namespace Relais.Engine.Ai.Providers;

/// <summary>Every way in which a model's provider fails, in our words. Which answer is which is <see cref="ModelErrors"/>' table.</summary>
internal abstract record ModelFailure(string Word)
{
    /// <summary>The provider or the way to it is busy or away; another try may go well.</summary>
    /// <param name="RetryAfter">What the provider asked to wait, or null.</param>
    internal sealed record Overloaded(TimeSpan? RetryAfter) : ModelFailure("overloaded");

    /// <summary>No money is left or a cap is reached: nothing goes before a person has acted.</summary>
    internal sealed record SpendLimit() : ModelFailure("spend_limit");

    /// <summary>Key, model or request is wrong.</summary>
    /// <param name="Status">HTTP status; 0 when its address may not be connected to.</param>
    internal sealed record Refused(int Status) : ModelFailure("refused");

    /// <summary>An answer that cannot be used: no JSON, cut off, too long, arguments that are no object.</summary>
    /// <param name="What">A word for the log; never the provider's text.</param>
    internal sealed record Broken(string What) : ModelFailure("broken");

    /// <summary>No answer within the time of one call.</summary>
    internal sealed record TimedOut() : ModelFailure("timed_out");

    /// <summary>The model works, and will not answer this conversation.</summary>
    internal sealed record Declined() : ModelFailure("declined");

    /// <summary>How long no turn asks this model again; zero when the next turn may fare better.</summary>
    public TimeSpan Rest => this switch
    {
        SpendLimit or Refused { Status: 0 or 401 or 403 or 404 } => TimeSpan.FromMinutes(10),
        Overloaded over => TimeSpan.FromSeconds(Math.Clamp(over.RetryAfter?.TotalSeconds ?? 0, 10, 60)),
        // A server that hangs would cost every customer its ten seconds.
        TimedOut => TimeSpan.FromSeconds(30),
        _ => TimeSpan.Zero,
    };

    /// <summary>Whether only a person can mend it.</summary>
    public bool NeedsAPerson => this is SpendLimit or Refused { Status: 0 or 401 or 403 or 404 };
}

/// <summary>Carries a failure through the providers' packages. An <see cref="IOException"/>, as the agent expects of models.</summary>
internal sealed class ModelFailedException(ModelFailure failure, Exception? inner = null) : IOException($"The model failed: {failure.Word}.", inner)
{
    public ModelFailure Failure { get; } = failure;

    /// <summary>The failure inside an exception, which a package may have wrapped; null when there is none.</summary>
    public static ModelFailure? In(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is ModelFailedException failed)
            {
                return failed.Failure;
            }
        }

        return null;
    }
}
