using System.Runtime.InteropServices;

namespace Limpet.Capture;

/// <summary>The system that captures are made on, as far as it decides how they can be made.</summary>
/// <param name="Name">The operating system, such as <c>Linux</c>, <c>Windows</c> or <c>macOS</c>.</param>
/// <param name="Architecture">Architecture of this process.</param>
/// <param name="IsMusl">Whether the C library is musl, as on Alpine.</param>
public sealed record CaptureSystem(string Name, Architecture Architecture, bool IsMusl = false)
{
    /// <summary>The one this process runs on.</summary>
    public static CaptureSystem Current { get; } = new(
        OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture,
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal));

    /// <summary>Whether tests run on such a system.</summary>
    public bool IsTested => this is { Name: "Linux", Architecture: Architecture.X64, IsMusl: false };

    /// <summary>Whether processes are seen in <c>/proc</c>.</summary>
    public bool HasProc => Name == "Linux";

    /// <inheritdoc />
    public override string ToString() => $"{Name}{(IsMusl ? " with musl" : "")} on {Architecture.ToString().ToLowerInvariant()}";
}
