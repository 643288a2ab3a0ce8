namespace Relais.Foundation;

/// <summary>An id in a query string, so that a wrong one is refused by its name.</summary>
internal static class IdQuery
{
    /// <summary>Null when it can be used (also when it is not there); otherwise the refusal.</summary>
    public static IResult? Read(string? text, string name, out long? id)
    {
        id = null;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (long.TryParse(text, out var number) && number > 0)
        {
            id = number;
            return null;
        }

        return Problems.Invalid400(name, $"{name} is the id of one, a number above 0.");
    }
}
