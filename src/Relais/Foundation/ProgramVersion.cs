namespace Relais.Foundation;

/// <summary>Of this program, such as 0.1.0.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetName().Version?.ToString(3) ?? "";
}
