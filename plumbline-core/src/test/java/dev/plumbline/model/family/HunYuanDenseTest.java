package dev.plumbline.model.family;

class HunYuanDenseTest extends FamilyContractTest {

    @Override
    String family() {
        return "hunyuan_v1_dense";
    }
}
