using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Limpet.Capture.Native;
using Limpet.Results;

namespace Limpet.Capture.Children;

/// <summary>Starts a child with the descriptors that it is given, and with signals as they are after a login: the runtime changes its own.</summary>
internal static unsafe class ChildStart
{
    private const int NoSuchFile = 2;
    private const int AccessDenied = 13;
    private const int NoProgram = 8;

    /// <summary>Starts a command, without a shell.</summary>
    /// <param name="command">Program (looked up in PATH) and arguments.</param>
    /// <param name="workingDirectory">Where it runs; null for here.</param>
    /// <param name="environment">Variables to set beside the inherited ones.</param>
    /// <param name="descriptors">Descriptors of this process, and which they are in the child. The others of 0, 1 and 2 are inherited.</param>
    /// <param name="ownGroup">Whether it leads a process group, so that a Ctrl-C meant for this process does not reach it.</param>
    /// <param name="pid">Its id.</param>
    /// <returns>0, or the number of the error.</returns>
    public static int Spawn(
        IReadOnlyList<string> command,
        string? workingDirectory,
        IReadOnlyDictionary<string, string>? environment,
        ReadOnlySpan<(int From, int To)> descriptors,
        bool ownGroup,
        out int pid)
    {
        // The C library's structures are opaque; these are larger than any known one.
        byte* actions = stackalloc byte[1024];
        byte* attributes = stackalloc byte[1024];
        byte* signals = stackalloc byte[128];
        Check(Native.Spawn.InitActions(actions));
        Check(Native.Spawn.InitAttributes(attributes));
        byte** arguments = ToNative(command);
        byte** variables = ToNative(Variables(environment));
        try
        {
            foreach ((int from, int to) in descriptors)
            {
                Check(Native.Spawn.AddDuplicate(actions, from, to));
            }

            if (workingDirectory is not null)
            {
                Check(Native.Spawn.AddChangeDirectory(actions, workingDirectory));
            }

            // The runtime ignores SIGPIPE in this process; the child must not inherit that.
            Check(Native.Spawn.FillSet(signals));
            Check(Native.Spawn.SetDefaults(attributes, signals));
            Check(Native.Spawn.EmptySet(signals));
            Check(Native.Spawn.SetMask(attributes, signals));
            short flags = Native.Spawn.SetSignalDefaults | Native.Spawn.SetSignalMask;
            if (ownGroup)
            {
                Check(Native.Spawn.SetGroup(attributes, 0));
                flags |= Native.Spawn.SetProcessGroup;
            }

            Check(Native.Spawn.SetFlags(attributes, flags));
            return Native.Spawn.SpawnPath(out pid, command[0], actions, attributes, arguments, variables);
        }
        finally
        {
            Free(arguments);
            Free(variables);
            _ = Native.Spawn.DestroyActions(actions);
            _ = Native.Spawn.DestroyAttributes(attributes);
        }
    }

    /// <summary>What to say of a start that failed.</summary>
    public static LimpetException Failed(string command, int error) => new(error switch
    {
        NoSuchFile => $"Cannot start '{command}': there is no such command. Check the spelling and PATH.",
        AccessDenied => $"Cannot start '{command}': it may not be executed. Check its permissions (chmod +x).",
        NoProgram => $"Cannot start '{command}': it is no program that this system can run. A script needs a first line such as #!/bin/sh.",
        _ => $"Cannot start '{command}': {new Win32Exception(error).Message}.",
    });

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    private static List<string> Variables(IReadOnlyDictionary<string, string>? environment)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            variables[name] = value;
        }

        return [.. variables.Select(variable => $"{variable.Key}={variable.Value}")];
    }

    private static byte** ToNative(IReadOnlyList<string> texts)
    {
        byte** array = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (int index = 0; index < texts.Count; index++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(texts[index] + "\0");
            array[index] = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
            bytes.CopyTo(new Span<byte>(array[index], bytes.Length));
        }

        return array;
    }

    private static void Free(byte** array)
    {
        for (byte** entry = array; *entry is not null; entry++)
        {
            NativeMemory.Free(*entry);
        }

        NativeMemory.Free(array);
    }
}
