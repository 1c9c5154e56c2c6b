using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Limpet.Results;

namespace Limpet.Tool;

/// <summary>Where the tool is that captures this process: the environment says so, or a file beside the program that the package or the project reference put there.</summary>
internal static class ToolLocation
{
    /// <summary>Environment variable that names the tool: its <c>Limpet.Cli.dll</c> or an executable.</summary>
    public const string Variable = "LIMPET_TOOL";

    private const string PathFile = "limpet-tool.path";
    private const string Assembly = "Limpet.Cli.dll";

    /// <summary>The command that starts the tool.</summary>
    /// <param name="named">The tool; null to look for it.</param>
    /// <exception cref="LimpetException">There is no tool, or none can look at this process.</exception>
    public static IReadOnlyList<string> Find(string? named)
    {
        if (Refusal(RuntimeFeature.IsDynamicCodeSupported, typeof(object).Assembly.Location, OperatingSystem.IsLinux() ? null : RuntimeInformation.OSDescription) is { } refusal)
        {
            throw new LimpetException(Trouble.Refused, refusal);
        }

        string tool = Locate(named, AppContext.BaseDirectory);
        return Path.GetExtension(tool) == ".dll" ? [Muxer(), tool] : [tool];
    }

    /// <summary>Why no tool can look at this process; null when one can.</summary>
    /// <param name="dynamicCode">Whether code can be made at run time: not in a NativeAOT program.</param>
    /// <param name="coreLibrary">The file of the runtime's base library; empty where it is a part of the program.</param>
    /// <param name="otherSystem">The system; null on Linux.</param>
    internal static string? Refusal(bool dynamicCode, string coreLibrary, string? otherSystem) =>
        !dynamicCode ? "this program is NativeAOT, whose heap has no runtime parts that tell objects apart. Run the test without PublishAot."
        : coreLibrary.Length == 0 ? "this program is a self-contained single file: the runtime is inside it, without the part that describes its heap. Run the test unpublished, or publish it without PublishSingleFile or with --no-self-contained."
        : otherSystem is not null ? $"the limpet tool captures heaps on Linux x64, and this is {otherSystem}. The verdict stands; run the test once more on Linux x64, such as in a container of the .NET SDK, and the report says what holds the memory."
        : null;

    /// <summary>Where the tool is.</summary>
    /// <param name="named">The tool; null to look for it.</param>
    /// <param name="folder">The folder of the program.</param>
    internal static string Locate(string? named, string folder)
    {
        named ??= Environment.GetEnvironmentVariable(Variable);
        if (named is { Length: > 0 })
        {
            return File.Exists(named) ? Path.GetFullPath(named) : throw new LimpetException($"{Variable} is '{named}', and there is no such file. Set it to the Limpet.Cli.dll of a limpet of this version, or unset it.");
        }

        string copied = Path.Combine(folder, "limpet-tool", Assembly);
        if (File.Exists(copied))
        {
            return copied;
        }

        string file = Path.Combine(folder, PathFile);
        if (!File.Exists(file))
        {
            throw new LimpetException($"the limpet tool was not found: there is no {PathFile} in {folder}. Refer to the package Limpet.Testing, or set {Variable} to a Limpet.Cli.dll.");
        }

        string path = File.ReadAllText(file).Trim();
        return File.Exists(path) ? path : throw new LimpetException($"the limpet tool is not at {path}, where {PathFile} has it. Build it (dotnet build src/Limpet.Cli), restore the package on this machine, or set {Variable}.");
    }

    /// <summary>The dotnet that runs this program, else the one in the path.</summary>
    private static string Muxer()
    {
        string beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(beside) ? beside
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host
            : "dotnet";
    }
}
