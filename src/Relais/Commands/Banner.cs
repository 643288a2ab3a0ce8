using Relais.Foundation;

namespace Relais.Commands;

/// <summary>What the terminal says once Relais listens.</summary>
internal static class Banner
{
    public static void Print(Settings settings, bool isDemo)
    {
        var address = settings.Urls.Split(';')[0].TrimEnd('/');
        var open = address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Console.WriteLine(isDemo
            ? $"""

              Relais runs (demo, this computer only).

                The customer's phone   {open}/simulator
                Sign in                demo@example.com / demo123  (POST {open}/api/auth/login)
                API description        {open}/openapi/v1.json

              Write "Où est ma commande TRK123456 ?" on the phone. Ctrl+C stops.

              """
            : $"""

              Relais runs at {open} (listening on {settings.Urls}).

              """);
    }
}
