package tunebook.data;

/**
 * Resampling with a triangle as wide as a pixel of the coarser grid, along rows and then along
 * columns; what Pillow and torch do under the name bilinear with antialiasing.
 *
 * @param from the first source pixel of each target pixel
 * @param weights how much of each source pixel from there on, with sum 1
 */
record Resize(int[] from, float[][] weights) {
    static Picture of(Picture picture, int height, int width) {
        int channels = picture.channels();
        Resize across = along(picture.width(), width);
        Resize down = along(picture.height(), height);
        float[] wide = new float[picture.height() * width * channels];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                float[] weight = across.weights[x];
                for (int c = 0; c < channels; c++) {
                    float sum = 0;
                    for (int i = 0; i < weight.length; i++)
                        sum += weight[i] * picture.at(y, across.from[x] + i, c);
                    wide[(y * width + x) * channels + c] = sum;
                }
            }
        }
        byte[] values = new byte[height * width * channels];
        int row = width * channels;
        for (int y = 0; y < height; y++) {
            float[] weight = down.weights[y];
            for (int x = 0; x < row; x++) {
                float sum = 0;
                for (int i = 0; i < weight.length; i++)
                    sum += weight[i] * wide[(down.from[y] + i) * row + x];
                values[y * row + x] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
            }
        }
        return new Picture(height, width, channels, values);
    }

    private static Resize along(int source, int target) {
        double scale = (double) source / target;
        double reach = Math.max(scale, 1);
        int[] from = new int[target];
        float[][] weights = new float[target][];
        for (int i = 0; i < target; i++) {
            double centre = (i + 0.5) * scale;
            from[i] = Math.max(0, (int) (centre - reach + 0.5));
            int to = Math.min(source, (int) (centre + reach + 0.5));
            weights[i] = new float[to - from[i]];
            double sum = 0;
            for (int j = from[i]; j < to; j++) sum += triangle((j + 0.5 - centre) / reach);
            for (int j = from[i]; j < to; j++)
                weights[i][j - from[i]] = (float) (triangle((j + 0.5 - centre) / reach) / sum);
        }
        return new Resize(from, weights);
    }

    private static double triangle(double x) {
        return Math.max(0, 1 - Math.abs(x));
    }
}
