using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Limpet.Cli.Hunting.Target;

namespace Limpet.Cli.Tests.Hunting;

/// <summary>This test program again, as a small .NET target that answers lines on standard input.</summary>
internal static class DotNetChild
{
    private const string Role = "LIMPET_TEST_CHILD";

    public static string Path { get; } = System.IO.Path.ChangeExtension(typeof(DotNetChild).Assembly.Location, null);

    /// <summary>A target in one of the roles below.</summary>
    public static ProcessCommand Command(string role = "echo") => Wrapped([Path], role);

    /// <summary>The same, started by another command.</summary>
    public static ProcessCommand Wrapped(ImmutableArray<string> words, string role = "echo") =>
        new(words) { Environment = ImmutableSortedDictionary<string, string>.Empty.Add(Role, role) };

#pragma warning disable CA2255 // A test program has no Main of its own that could take the role of the child.
    [ModuleInitializer]
    internal static void BeChild()
    {
        switch (Environment.GetEnvironmentVariable(Role))
        {
            case null:
                return;
            case "echo":
                Echo();
                break;
            case "deaf":
                BeDeaf();
                break;
            case "lives-on":
                LiveOn();
                break;
            case "launcher":
                Launch();
                break;
        }

        Environment.Exit(0);
    }
#pragma warning restore CA2255

    private static void Echo()
    {
        Console.WriteLine("listening");
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "exit":
                    Console.WriteLine("bye");
                    Environment.Exit(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case "kill":
                    Process.GetCurrentProcess().Kill();
                    break;
                case "silent":
                    break;
                case "noisy":
                    Console.WriteLine("log: working");
                    Console.WriteLine("done " + line);
                    break;
                default:
                    Console.WriteLine("done " + line);
                    break;
            }
        }
    }

    /// <summary>Reads nothing and does not end when asked to.</summary>
    private static void BeDeaf()
    {
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        Console.WriteLine("listening");
        new ManualResetEventSlim().Wait();
    }

    /// <summary>Reads its input to the end, and from then on writes, whoever reads, and says in a file that it does.</summary>
    private static void LiveOn()
    {
        string file = Environment.GetEnvironmentVariable("LIMPET_TEST_FILE")!;
        Console.WriteLine("listening");
        Console.In.ReadToEnd();
        for (long i = 0; ; i++)
        {
            Console.WriteLine($"line {i}");
            if (i % 1000 == 0)
            {
                File.WriteAllText(file, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Stands in for a limpet that is killed: starts a target, says its process id, and stays.</summary>
    private static void Launch()
    {
        HuntTarget target = HuntTarget.Start(Command("lives-on"));
        Console.WriteLine($"started {target.RootPid}");
        new ManualResetEventSlim().Wait();
        GC.KeepAlive(target);
    }
}
